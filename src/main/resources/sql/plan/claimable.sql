-- How many memberships the sync finds there and makes its own with this run.
SELECT count(*)
FROM membership k
WHERE k.account_id = :account
  AND (NOT k.owned OR k.adopted AND k.confirmed_at >= :started)
  AND EXISTS (
    SELECT
    FROM member m
    JOIN sync_group g
      ON g.account_id = m.account_id AND g.sync_id = m.sync_id AND g.group_name = m.group_name
    WHERE m.account_id = :account AND m.sync_id = :sync AND m.group_winner
      AND m.address = k.address AND g.list_no = k.list_no)
