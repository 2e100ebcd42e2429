SELECT v.member_key, v.group_name, v.email, v.list, v.status, v.reason, v.detail, v.at,
  b.code AS bounce_code, b.at AS bounced_at,
  h.made_by, h.made_at
FROM sync s
JOIN member_status v ON v.account_id = s.account_id AND v.sync_id = s.sync_id
LEFT JOIN hand_made h
  ON h.account_id = v.account_id AND h.sync_id = v.sync_id AND h.member_key = v.member_key
  AND h.group_name = v.group_name AND h.taken_at IS NULL
LEFT JOIN bounced b ON b.account_id = v.account_id AND b.address = v.email
WHERE s.name = :sync AND v.member_key = :member
ORDER BY v.group_name
