-- Memberships that have ended need no grace any more.
DELETE FROM leaving l
WHERE l.account_id = :account AND l.sync_id = :sync
  AND NOT EXISTS (
    SELECT FROM membership k
    WHERE k.account_id = l.account_id AND k.list_no = l.list_no AND k.address = l.address)
