-- Open dead letters that keep members of a group from being synced: refused records, removals that
-- were given up, and the list itself.
SELECT f.dead_letter
FROM outstanding o
JOIN member m
  ON m.account_id = o.account_id AND m.sync_id = o.sync_id AND m.group_name = o.group_name
  AND m.member_key = o.member_key
JOIN failure f
  ON f.account_id = m.account_id AND f.sync_id = m.sync_id AND f.address = m.address
JOIN dead_letter d ON d.dead_letter_id = f.dead_letter AND d.state = 'open'
WHERE o.account_id = :account AND o.sync_id = :sync AND o.group_name = :group
  AND o.status = 'failed'
UNION
SELECT k.dead_letter
FROM outstanding o
JOIN member m
  ON m.account_id = o.account_id AND m.sync_id = o.sync_id AND m.group_name = o.group_name
  AND m.member_key = o.member_key
JOIN sync_group g
  ON g.account_id = o.account_id AND g.sync_id = o.sync_id AND g.group_name = o.group_name
JOIN membership k
  ON k.account_id = m.account_id AND k.list_no = g.list_no AND k.address = m.address
JOIN dead_letter d ON d.dead_letter_id = k.dead_letter AND d.state = 'open'
WHERE o.account_id = :account AND o.sync_id = :sync AND o.group_name = :group
  AND o.status = 'failed'
UNION
SELECT t.dead_letter
FROM sync_group g
JOIN list t ON t.account_id = g.account_id AND t.list_no = g.list_no
JOIN dead_letter d ON d.dead_letter_id = t.dead_letter AND d.state = 'open'
WHERE g.account_id = :account AND g.sync_id = :sync AND g.group_name = :group
ORDER BY 1
LIMIT :most
