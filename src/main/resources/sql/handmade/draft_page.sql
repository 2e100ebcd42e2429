-- A page of those who were chosen, by key.
SELECT d.member_key, m.display_name, m.email
FROM draft_member d
LEFT JOIN LATERAL (
  SELECT m.display_name, coalesce(m.address, m.email) AS email
  FROM member m
  WHERE m.account_id = d.account_id AND m.sync_id = d.sync_id AND m.member_key = d.member_key
    AND m.present
  ORDER BY m.by_hand, m.group_name
  LIMIT 1
) m ON true
WHERE d.account_id = :account AND d.sync_id = :sync AND d.made_by = :by
  AND (:after::text IS NULL OR d.member_key > :after)
ORDER BY d.member_key
LIMIT :most
