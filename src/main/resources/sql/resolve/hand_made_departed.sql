-- Hand-made rows that were taken away again, or whose members the source gives no more.
CREATE TEMP TABLE departed ON COMMIT DROP AS
SELECT m.member_key, m.group_name, m.address, m.parent_key
FROM member m
WHERE m.account_id = :account AND m.sync_id = :sync AND m.by_hand AND m.present
  AND NOT EXISTS (
    SELECT FROM hand_made_wanted w
    WHERE w.member_key = m.member_key AND w.group_name = m.group_name)
