-- Contacts that were there before any sync sent something to them.
UPDATE change d
SET adopts = true
FROM contact c
WHERE d.account_id = :account AND d.run_id = :run AND d.action = 'import' AND NOT d.creates
  AND c.account_id = d.account_id AND c.address = d.address
  AND c.owner_sync IS NULL AND c.sent_digest IS NULL AND c.member_key IS NULL
