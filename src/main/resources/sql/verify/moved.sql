-- A contact that now carries another address: what was known under the old one goes over to the new
-- one, except that the person opted out. The old address must then not be subscribed anew as if
-- nobody knew it (invariant 1).
WITH kept AS (
  UPDATE contact c
  SET permission = 'unsubscribed', deleted = true,
    opt_out_at = coalesce(c.opt_out_at, s.opt_out_at),
    opt_out_by = coalesce(c.opt_out_by, s.opt_out_by)
  FROM seen s
  WHERE c.account_id = :account AND c.contact_id = s.contact_id AND c.address <> s.address
    AND (s.unsubscribed OR c.permission = 'unsubscribed')
    AND NOT (c.deleted AND c.permission = 'unsubscribed')
  RETURNING c.address
), moved AS (
  DELETE FROM contact c
  USING seen s
  WHERE c.account_id = :account AND c.contact_id = s.contact_id AND c.address <> s.address
    AND NOT s.unsubscribed AND c.permission <> 'unsubscribed'
  RETURNING c.address, s.address AS now_address, c.contact_id, c.permission, c.owner_sync,
    c.member_sync, c.member_key, c.sent_digest, c.seen_at
), carried AS (
  INSERT INTO contact (
    account_id, address, contact_id, permission, owner_sync, member_sync, member_key, sent_digest,
    seen_at)
  SELECT DISTINCT ON (now_address) :account::int, now_address, contact_id, permission, owner_sync,
    member_sync, member_key, sent_digest, seen_at
  FROM moved
  ON CONFLICT DO NOTHING
), ended AS (
  DELETE FROM membership k
  USING (SELECT address FROM kept UNION ALL SELECT address FROM moved) old
  WHERE k.account_id = :account AND k.address = old.address
  RETURNING k.list_no, k.address, k.owned, k.confirmed_at
)
INSERT INTO membership (account_id, list_no, address, owned, confirmed_at)
SELECT :account::int, e.list_no, m.now_address, e.owned, e.confirmed_at
FROM ended e
JOIN moved m ON m.address = e.address
ON CONFLICT DO NOTHING
