SELECT v.group_name, v.status, v.reason, v.detail, v.at
FROM member_status v
WHERE v.account_id = :account AND v.sync_id = :sync AND v.member_key = :member
ORDER BY v.group_name
