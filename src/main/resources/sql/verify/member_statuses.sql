SELECT v.member_key, v.group_name, v.email, v.list, v.status, v.reason, v.detail, v.at, v.bounce_code,
  v.bounced_at, v.made_by, v.made_at
FROM member_told v
JOIN sync s ON s.account_id = v.account_id AND s.sync_id = v.sync_id
WHERE s.name = :sync
ORDER BY v.group_name, v.member_key
