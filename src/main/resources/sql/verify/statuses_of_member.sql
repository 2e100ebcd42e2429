SELECT v.member_key, v.group_name, v.email, v.list, v.status, v.reason, v.detail, v.at
FROM sync s
JOIN member_status v ON v.account_id = s.account_id AND v.sync_id = s.sync_id
WHERE s.name = :sync AND v.member_key = :member
ORDER BY v.group_name
