-- Rows the source no longer gives. Only run after a complete read (invariant 3). What was made by
-- hand the source never gave.
CREATE TEMP TABLE departed ON COMMIT DROP AS
SELECT m.member_key, m.group_name, m.address, m.parent_key
FROM member m
WHERE m.account_id = :account AND m.sync_id = :sync AND m.present AND NOT m.by_hand
  AND NOT EXISTS (
    SELECT FROM ${staged} s
    WHERE s.member_key = m.member_key AND s.group_name = m.group_name)
