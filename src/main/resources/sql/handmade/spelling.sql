-- The group as it is spelt already: exactly so, or else in other letter case.
SELECT n.group_name
FROM (
  SELECT group_name FROM sync_group WHERE account_id = :account AND sync_id = :sync
  UNION
  SELECT group_name FROM hand_made
  WHERE account_id = :account AND sync_id = :sync AND taken_at IS NULL
) n
WHERE lower(n.group_name) = lower(:group)
ORDER BY n.group_name = :group DESC, n.group_name
LIMIT 1
