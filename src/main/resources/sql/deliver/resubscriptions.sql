-- The next of a plan's re-subscriptions for which all conditions still hold, with their evidence.
SELECT DISTINCT ON (c.address) c.address, c.lists, b.contact_id, b.member_key, b.opt_out,
  b.opt_in_at, b.opt_in_source
FROM change c
JOIN coming_back b
  ON b.account_id = c.account_id AND b.sync_id = c.sync_id AND b.address = c.address
  AND b.contact_id = c.contact_id
WHERE c.account_id = :account AND c.run_id = :run AND c.action = 'resubscribe'
  AND c.outcome IS NULL AND c.address > :after AND b.due AND b.opt_in_at <= :now
ORDER BY c.address, b.opt_in_at DESC, b.member_key
LIMIT :most
