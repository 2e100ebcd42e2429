-- Who stands above a member, below it, and beside it under the same parent.
WITH own AS (
  SELECT m.account_id, m.sync_id, m.member_key, m.parent_key
  FROM sync s
  JOIN member m ON m.account_id = s.account_id AND m.sync_id = s.sync_id
  WHERE s.name = :sync AND m.member_key = :key
  ORDER BY m.present DESC, m.group_name
  LIMIT 1
)
(SELECT m.member_key, max(m.display_name) AS display_name, 'parent' AS how
FROM own o
JOIN member m
  ON m.account_id = o.account_id AND m.sync_id = o.sync_id AND m.member_key = o.parent_key
GROUP BY m.member_key)
UNION ALL
(SELECT m.member_key, max(m.display_name), 'child'
FROM own o
JOIN member m
  ON m.account_id = o.account_id AND m.sync_id = o.sync_id AND m.parent_key = o.member_key
WHERE m.present
GROUP BY m.member_key
ORDER BY m.member_key
LIMIT :most)
UNION ALL
(SELECT m.member_key, max(m.display_name), 'sibling'
FROM own o
JOIN member m
  ON m.account_id = o.account_id AND m.sync_id = o.sync_id AND m.parent_key = o.parent_key
WHERE m.present AND m.member_key <> o.member_key
GROUP BY m.member_key
ORDER BY m.member_key
LIMIT :most)
