-- A departed row stays, marked absent, until its contact has left the list.
UPDATE member m
SET present = false, group_winner = false, contact_winner = false
FROM departed d
WHERE m.account_id = :account AND m.sync_id = :sync
  AND m.member_key = d.member_key AND m.group_name = d.group_name
