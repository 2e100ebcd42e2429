-- Which staged rows are new or differ from what the source gave last time. A row that was made by
-- hand becomes the source's.
CREATE TEMP TABLE delta ON COMMIT DROP AS
SELECT s.member_key, s.group_name, m.address AS old_address, m.parent_key AS old_parent
FROM ${staged} s
LEFT JOIN member m
  ON m.account_id = :account AND m.sync_id = :sync
  AND m.member_key = s.member_key AND m.group_name = s.group_name
WHERE m.digest IS DISTINCT FROM s.digest OR NOT m.present OR m.by_hand
