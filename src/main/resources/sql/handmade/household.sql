-- The tree that a member belongs to, and whoever shares an address with one of it. A circle of parents
-- ends where it began; a parent that is not in the source is none.
WITH RECURSIVE own AS (
  SELECT DISTINCT ON (m.member_key) m.member_key, m.parent_key
  FROM member m
  WHERE m.account_id = :account AND m.sync_id = :sync AND m.member_key = :member AND m.present
  ORDER BY m.member_key, m.by_hand, m.group_name
), above AS (
  SELECT member_key, parent_key, 0 AS height, ARRAY[member_key] AS path FROM own
  UNION ALL
  SELECT p.member_key, p.parent_key, a.height + 1, a.path || p.member_key
  FROM above a
  CROSS JOIN LATERAL (
    SELECT m.member_key, m.parent_key
    FROM member m
    WHERE m.account_id = :account AND m.sync_id = :sync AND m.member_key = a.parent_key
      AND m.present
    ORDER BY m.by_hand, m.group_name
    LIMIT 1
  ) p
  WHERE a.height < 50 AND p.member_key <> ALL (a.path)
), root AS (
  SELECT member_key FROM above ORDER BY height DESC LIMIT 1
), below AS (
  SELECT member_key, 0 AS depth FROM root
  UNION
  SELECT m.member_key, b.depth + 1
  FROM below b
  JOIN member m
    ON m.account_id = :account AND m.sync_id = :sync AND m.parent_key = b.member_key AND m.present
  WHERE b.depth < 50
), limited AS (
  -- so that a tree of a hundred thousand is not walked to its end for one page
  SELECT member_key, depth FROM below LIMIT 100000
), tree AS (
  SELECT member_key, min(depth) AS depth FROM limited GROUP BY member_key
  UNION
  SELECT o.member_key, 0
  FROM own o
  WHERE NOT EXISTS (SELECT FROM limited l WHERE l.member_key = o.member_key)
), shown AS (
  SELECT member_key, depth, true AS in_tree FROM tree
  ORDER BY member_key <> :member, depth, member_key
  LIMIT :most
), sharing AS (
  SELECT DISTINCT o.member_key
  FROM shown s
  JOIN member m
    ON m.account_id = :account AND m.sync_id = :sync AND m.member_key = s.member_key AND m.present
  JOIN member o
    ON o.account_id = m.account_id AND o.address = m.address AND o.sync_id = m.sync_id AND o.present
  WHERE o.member_key NOT IN (SELECT member_key FROM tree)
), everybody AS (
  SELECT member_key, depth, in_tree FROM shown
  UNION ALL
  SELECT member_key, 0, false FROM sharing
)
SELECT e.member_key, e.depth, e.in_tree, p.display_name, p.email, p.parent_key
FROM everybody e
CROSS JOIN LATERAL (
  SELECT m.display_name, coalesce(m.address, m.email) AS email, m.parent_key
  FROM member m
  WHERE m.account_id = :account AND m.sync_id = :sync AND m.member_key = e.member_key AND m.present
  ORDER BY m.by_hand, m.group_name
  LIMIT 1
) p
ORDER BY e.member_key <> :member, e.in_tree DESC, e.depth, e.member_key COLLATE "C"
LIMIT :most
