-- How many memberships are to be changed, how many are so already, and of how many the source says the
-- same.
SELECT
  count(*) FILTER (WHERE (h.member_key IS NULL) = :adds) AS changed,
  count(*) FILTER (WHERE (h.member_key IS NULL) <> :adds) AS known,
  count(*) FILTER (WHERE (h.member_key IS NULL) = :adds AND m.member_key IS NOT NULL) AS in_source
FROM asked_for a
LEFT JOIN hand_made h
  ON h.account_id = :account AND h.sync_id = :sync AND h.member_key = a.member_key
  AND h.group_name = :group AND h.taken_at IS NULL
LEFT JOIN member m
  ON m.account_id = :account AND m.sync_id = :sync AND m.member_key = a.member_key
  AND m.group_name = :group AND m.present AND NOT m.by_hand
