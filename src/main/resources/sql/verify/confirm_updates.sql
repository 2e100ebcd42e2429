-- Contacts that were only updated and that the provider did not list as changed: their job ended
-- without a word against them, so their fields are confirmed.
UPDATE contact c
SET sent_digest = d.fields_digest, owner_sync = coalesce(c.owner_sync, d.sync_id),
  member_sync = d.sync_id, member_key = d.member_key
FROM change d
WHERE d.account_id = :account AND d.run_id = :run AND d.action = 'import' AND d.updates
  AND d.outcome IS NULL
  AND c.account_id = d.account_id AND c.address = d.address
  AND c.sent_digest IS DISTINCT FROM d.fields_digest
