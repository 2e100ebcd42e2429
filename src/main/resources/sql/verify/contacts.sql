-- Takes over what was read. Fields that this run has just delivered count as confirmed.
INSERT INTO contact AS c (
  account_id, address, contact_id, permission, deleted, opt_out_at, opt_out_by, owner_sync,
  member_sync, member_key, sent_digest, seen_at)
SELECT :account, s.address, s.contact_id,
  CASE WHEN s.unsubscribed THEN 'unsubscribed' ELSE s.permission END,
  s.deleted, s.opt_out_at, s.opt_out_by, d.sync_id,
  d.sync_id, d.member_key, d.fields_digest, :now
FROM seen s
LEFT JOIN change d
  ON d.account_id = :account AND d.run_id = :run AND d.action = 'import'
  AND d.address = s.address AND (d.creates OR d.updates) AND d.outcome IS NULL
ON CONFLICT (account_id, address) DO UPDATE SET
  contact_id = excluded.contact_id,
  permission = excluded.permission,
  deleted = excluded.deleted,
  opt_out_at = excluded.opt_out_at,
  opt_out_by = excluded.opt_out_by,
  owner_sync = coalesce(c.owner_sync, excluded.owner_sync),
  member_sync = coalesce(excluded.member_sync, c.member_sync),
  member_key = coalesce(excluded.member_key, c.member_key),
  sent_digest = CASE WHEN excluded.deleted THEN NULL
    ELSE coalesce(excluded.sent_digest, c.sent_digest) END,
  seen_at = excluded.seen_at
WHERE (c.contact_id, c.permission, c.deleted, c.opt_out_at, c.opt_out_by)
    IS DISTINCT FROM
    (excluded.contact_id, excluded.permission, excluded.deleted, excluded.opt_out_at,
      excluded.opt_out_by)
  OR (excluded.sent_digest IS NOT NULL AND c.sent_digest IS DISTINCT FROM excluded.sent_digest)
