SELECT DISTINCT h.group_name
FROM hand_made h
WHERE h.account_id = :account AND h.sync_id = :sync AND h.taken_at IS NULL
ORDER BY h.group_name
