UPDATE hand_made h
SET taken_by = :by, taken_at = :at
FROM asked_for a
WHERE h.account_id = :account AND h.sync_id = :sync AND h.member_key = a.member_key
  AND h.group_name = :group AND h.taken_at IS NULL
