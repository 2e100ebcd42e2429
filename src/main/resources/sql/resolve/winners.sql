-- One winner per address, and one per address and group (design: which member wins an address), by
-- the criteria of the sync's rules in their order; the key decides last, so nothing flickers.
WITH RECURSIVE ${part/climb}, tree AS (
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
