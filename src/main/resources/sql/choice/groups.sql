-- Every group that the source named, staff made by hand, or somebody chose.
SELECT n.group_name, t.name AS list, g.selected,
  c.selected AS chosen, c.chosen_by, c.chosen_at,
  CASE WHEN EXISTS (
      SELECT FROM hand_made h
      WHERE h.account_id = :account AND h.sync_id = :sync AND h.group_name = n.group_name)
    THEN EXISTS (
      SELECT FROM member m
      WHERE m.account_id = :account AND m.sync_id = :sync AND m.group_name = n.group_name
        AND m.present AND NOT m.by_hand)
    ELSE g.group_name IS NOT NULL
  END AS in_source,
  (SELECT count(*) FROM hand_made h
    WHERE h.account_id = :account AND h.sync_id = :sync AND h.group_name = n.group_name
      AND h.taken_at IS NULL) AS by_hand
FROM (
  SELECT group_name FROM sync_group WHERE account_id = :account AND sync_id = :sync
  UNION
  SELECT group_name FROM hand_made
  WHERE account_id = :account AND sync_id = :sync AND taken_at IS NULL
  UNION
  SELECT group_name FROM group_choice WHERE account_id = :account AND sync_id = :sync
) n
LEFT JOIN sync_group g
  ON g.account_id = :account AND g.sync_id = :sync AND g.group_name = n.group_name
LEFT JOIN list t ON t.account_id = g.account_id AND t.list_no = g.list_no
LEFT JOIN group_choice c
  ON c.account_id = :account AND c.sync_id = :sync AND c.group_name = n.group_name
ORDER BY n.group_name
