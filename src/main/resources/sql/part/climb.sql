-- The family trees of the candidates for whom it counts, upwards; a circle ends at 50.
climb AS (
  SELECT DISTINCT member_key AS start, parent_key, 0 AS depth
  FROM candidate
  WHERE rank = ANY (:treeRanks::int[]) AND parent_key IS NOT NULL
  UNION ALL
  SELECT c.start, p.parent_key, c.depth + 1
  FROM climb c
  LEFT JOIN LATERAL (
    SELECT m.parent_key
    FROM member m
    WHERE m.account_id = :account AND m.sync_id = :sync
      AND m.member_key = c.parent_key AND m.present
    ORDER BY m.group_name
    LIMIT 1) p ON true
  WHERE c.parent_key IS NOT NULL AND c.depth < 50
)
