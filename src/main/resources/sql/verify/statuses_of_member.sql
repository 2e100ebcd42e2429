SELECT v.member_key, v.group_name, v.email, v.list, v.status, v.reason, v.detail, v.at, v.bounce_code,
  v.bounced_at, v.made_by, v.made_at
FROM sync s
JOIN member_told v ON v.account_id = s.account_id AND v.sync_id = s.sync_id
WHERE s.name = :sync AND v.member_key = :member
ORDER BY v.group_name
