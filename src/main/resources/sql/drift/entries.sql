SELECT d.kind, d.member_key, d.address, d.former, t.name AS list, d.detail, d.repairs, d.why
FROM drift d
LEFT JOIN list t ON t.account_id = d.account_id AND t.list_no = d.list_no
WHERE d.run_id = :run
ORDER BY d.kind, d.address, t.name
