-- Every group of some members: as of the last run, and what was made or taken away by hand since.
SELECT v.member_key, v.group_name, v.list, v.status, v.reason, v.detail, v.at,
  m.present AND NOT m.by_hand AS in_source, h.made_by, h.made_at,
  m.by_hand AND m.present AND h.made_by IS NULL OR NOT m.present AND h.made_by IS NOT NULL AS pending
FROM member_status v
JOIN member m
  ON m.account_id = v.account_id AND m.sync_id = v.sync_id AND m.member_key = v.member_key
  AND m.group_name = v.group_name
LEFT JOIN hand_made h
  ON h.account_id = v.account_id AND h.sync_id = v.sync_id AND h.member_key = v.member_key
  AND h.group_name = v.group_name AND h.taken_at IS NULL
WHERE v.account_id = :account AND v.sync_id = :sync AND v.member_key = ANY (:members)
UNION ALL
SELECT h.member_key, h.group_name, t.name, 'pending', 'made by hand', 'taken over with the next run',
  NULL, false, h.made_by, h.made_at, true
FROM hand_made h
LEFT JOIN sync_group g
  ON g.account_id = h.account_id AND g.sync_id = h.sync_id AND g.group_name = h.group_name
LEFT JOIN list t ON t.account_id = g.account_id AND t.list_no = g.list_no
WHERE h.account_id = :account AND h.sync_id = :sync AND h.member_key = ANY (:members)
  AND h.taken_at IS NULL
  AND NOT EXISTS (
    SELECT FROM member m
    WHERE m.account_id = h.account_id AND m.sync_id = h.sync_id AND m.member_key = h.member_key
      AND m.group_name = h.group_name)
ORDER BY member_key, group_name
