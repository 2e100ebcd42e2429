SELECT v.*
FROM member_status v
JOIN sync s ON s.account_id = v.account_id AND s.sync_id = v.sync_id
WHERE s.name = :sync
ORDER BY v.group_name, v.member_key
