-- The differences that a run found, of one kind or all, a page at a time.
SELECT d.drift_no, d.kind, d.member_key, d.address, d.former, t.name AS list, d.detail, d.repairs,
  d.why
FROM drift d
LEFT JOIN list t ON t.account_id = d.account_id AND t.list_no = d.list_no
WHERE d.account_id = (SELECT r.account_id FROM run r WHERE r.run_id = :run) AND d.run_id = :run
  AND d.drift_no > :after AND (:kind::text IS NULL OR d.kind = :kind)
ORDER BY d.drift_no
LIMIT :most
