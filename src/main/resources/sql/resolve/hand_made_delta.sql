-- Which hand-made rows are new, or differ from what the source says about their members now.
CREATE TEMP TABLE delta ON COMMIT DROP AS
SELECT w.member_key, w.group_name, m.address AS old_address, m.parent_key AS old_parent
FROM hand_made_wanted w
LEFT JOIN member m
  ON m.account_id = :account AND m.sync_id = :sync
  AND m.member_key = w.member_key AND m.group_name = w.group_name
WHERE m.digest IS DISTINCT FROM w.digest OR NOT m.present OR NOT m.by_hand
