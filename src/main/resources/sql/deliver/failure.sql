INSERT INTO failure AS f (account_id, sync_id, address, fields_digest, reason, at, dead_letter)
SELECT DISTINCT d.account_id, d.sync_id, d.address, d.fields_digest, :reason, :now::timestamptz,
  :letter::bigint
FROM change d
WHERE d.account_id = :account AND d.sync_id = :sync AND d.run_id = :run AND d.action IN ('import', 'move')
  AND d.address = :address
ON CONFLICT (account_id, sync_id, address) DO UPDATE SET
  fields_digest = excluded.fields_digest,
  reason = excluded.reason,
  at = excluded.at,
  dead_letter = excluded.dead_letter
