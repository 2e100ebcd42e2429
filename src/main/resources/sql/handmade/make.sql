INSERT INTO hand_made AS h (account_id, sync_id, member_key, group_name, made_by, made_at)
SELECT :account, :sync, a.member_key, :group, :by, :at
FROM asked_for a
ON CONFLICT (account_id, sync_id, member_key, group_name) DO UPDATE SET
  made_by = excluded.made_by, made_at = excluded.made_at, taken_by = NULL, taken_at = NULL
WHERE h.taken_at IS NOT NULL
