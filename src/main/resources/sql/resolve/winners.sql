-- One winner per address, and one per address and group (design: which member wins an address), by
-- the criteria of the sync's rules in their order; the key decides last, so nothing flickers.
-- The family tree is climbed only for contested members for whom it counts; a circle ends at 50.
WITH RECURSIVE climb AS (
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
), tree AS (
  SELECT start AS member_key, max(depth) AS depth FROM climb GROUP BY start
), measured AS (
  SELECT c.member_key, c.group_name, c.address, c.rank AS role,
    coalesce(t.depth, 0) AS family_tree, NOT c.login AS sign_in, c.sort_name AS name,
    false AS nothing
  FROM candidate c
  LEFT JOIN tree t ON t.member_key = c.member_key
), ranked AS (
  SELECT member_key, group_name,
    row_number() OVER (
      PARTITION BY address, group_name
      ORDER BY ${first}, ${second}, ${third}, ${fourth}, member_key COLLATE "C") AS place_in_group,
    row_number() OVER (
      PARTITION BY address
      ORDER BY ${first}, ${second}, ${third}, ${fourth}, member_key COLLATE "C",
        group_name COLLATE "C") AS place
  FROM measured
)
UPDATE member m
SET group_winner = r.place_in_group = 1, contact_winner = r.place = 1
FROM ranked r
WHERE m.account_id = :account AND m.sync_id = :sync
  AND m.member_key = r.member_key AND m.group_name = r.group_name
  AND (m.group_winner <> (r.place_in_group = 1) OR m.contact_winner <> (r.place = 1))
