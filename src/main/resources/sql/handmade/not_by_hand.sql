-- Who was asked for and was not put into the group by hand.
SELECT a.member_key, false AS erased
FROM asked_for a
WHERE NOT EXISTS (
  SELECT FROM hand_made h
  WHERE h.account_id = :account AND h.sync_id = :sync AND h.member_key = a.member_key
    AND h.group_name = :group AND h.taken_at IS NULL)
ORDER BY a.member_key
