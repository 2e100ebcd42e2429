-- So many members from a place on; the inner query finds them by the table's key.
SELECT v.member_key, v.group_name, v.email, v.list, v.status, v.reason, v.detail, v.at, v.bounce_code,
  v.bounced_at, v.made_by, v.made_at
FROM (
  SELECT m.account_id, m.sync_id, m.member_key, m.group_name
  FROM member m
  WHERE m.account_id = (SELECT a.account_id FROM account a WHERE a.name = :account)
    AND m.sync_id = (
      SELECT s.sync_id FROM sync s JOIN account a USING (account_id)
      WHERE a.name = :account AND s.name = :sync)
    AND (m.member_key, m.group_name) > (:afterMember, :afterGroup)
    AND (:group::text IS NULL OR m.group_name = :group)
  ORDER BY m.member_key, m.group_name
  LIMIT :most
) p
JOIN member_told v
  ON v.account_id = p.account_id AND v.sync_id = p.sync_id AND v.member_key = p.member_key
  AND v.group_name = p.group_name
ORDER BY v.member_key, v.group_name
