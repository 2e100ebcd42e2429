SELECT h.member_key, h.group_name, h.made_by, h.made_at, h.taken_by, h.taken_at
FROM hand_made h
WHERE h.account_id = :account AND h.sync_id = :sync
  AND (:group::text IS NULL OR h.group_name = :group)
ORDER BY h.group_name, h.member_key
LIMIT :most
