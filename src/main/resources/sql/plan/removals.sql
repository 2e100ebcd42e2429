-- Set difference, the removing half: memberships that are ours and that no sync wants any more.
INSERT INTO change (account_id, run_id, sync_id, action, address, member_key, lists, others)
SELECT :account, :run, :sync, 'remove', k.address, min(gone.member_key),
  array_agg(DISTINCT k.list_no),
  coalesce((
    SELECT array_agg(o.list_no)
    FROM membership o
    WHERE o.account_id = :account AND o.address = k.address
      AND o.list_no <> ALL (array_agg(DISTINCT k.list_no))), '{}')
FROM (
  SELECT DISTINCT g.list_no
  FROM sync_group g
  JOIN list t ON t.account_id = g.account_id AND t.list_no = g.list_no AND t.state <> 'gone'
  WHERE g.account_id = :account AND g.sync_id = :sync AND g.selected
    AND (:group::text IS NULL OR g.group_name = :group)
) managed
JOIN membership k ON k.account_id = :account AND k.list_no = managed.list_no
LEFT JOIN LATERAL (
  SELECT m.member_key
  FROM member m
  JOIN sync_group g
    ON g.account_id = m.account_id AND g.sync_id = m.sync_id AND g.group_name = m.group_name
    AND g.list_no = k.list_no
  WHERE m.account_id = :account AND m.sync_id = :sync AND m.address = k.address
  ORDER BY m.member_key
  LIMIT 1) gone ON true
-- a sync that only takes away knows who is left on its list once it was given all of them
WHERE (k.owned
    OR :anyMembership AND (
      SELECT s.read_at IS NOT NULL FROM sync s
      WHERE s.account_id = :account AND s.sync_id = :sync))
  AND (:only::text[] IS NULL OR k.address = ANY (:only))
  -- of a list that several groups share, a group of it has its own members only
  AND (:group::text IS NULL
    OR NOT EXISTS (
      SELECT FROM sync_group o
      WHERE o.account_id = :account AND o.sync_id = :sync AND o.list_no = k.list_no
        AND o.selected AND o.group_name <> :group)
    OR EXISTS (
      SELECT FROM member m
      WHERE m.account_id = :account AND m.sync_id = :sync AND m.address = k.address
        AND m.group_name = :group))
  AND k.dead_letter IS NULL
  AND NOT EXISTS (
    SELECT
    FROM member w
    JOIN sync_group g
      ON g.account_id = w.account_id AND g.sync_id = w.sync_id AND g.group_name = w.group_name
    -- here and not in ON, or the planner looks every membership up by itself
    WHERE w.account_id = :account AND w.address = k.address AND g.list_no = k.list_no
      AND w.group_winner)
GROUP BY k.address
