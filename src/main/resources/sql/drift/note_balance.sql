-- The two sides of every managed list: the provider's own count, and what we know of each contact.
INSERT INTO list_balance AS b (
  account_id, list_no, run_id, at, at_provider, ours, by_hand, unsubscribed, erased)
SELECT :account, t.list_no, :run, :now, r.contacts,
  count(k.address) FILTER (WHERE c.permission IS DISTINCT FROM 'unsubscribed' AND k.owned),
  count(k.address) FILTER (WHERE c.permission IS DISTINCT FROM 'unsubscribed' AND NOT k.owned),
  count(k.address) FILTER (WHERE c.permission = 'unsubscribed'), t.erased
FROM list t
JOIN unnest(:ids::text[], :counts::bigint[]) AS r(id, contacts) ON r.id = t.provider_id
LEFT JOIN membership k ON k.account_id = t.account_id AND k.list_no = t.list_no
LEFT JOIN contact c ON c.account_id = k.account_id AND c.address = k.address
WHERE t.account_id = :account AND t.state = 'live' AND EXISTS (
  SELECT FROM sync_group g
  WHERE g.account_id = t.account_id AND g.list_no = t.list_no AND g.sync_id = :sync AND g.selected)
GROUP BY t.list_no, t.erased, r.contacts
ON CONFLICT (account_id, list_no) DO UPDATE SET
  run_id = excluded.run_id,
  at = excluded.at,
  at_provider = excluded.at_provider,
  ours = excluded.ours,
  by_hand = excluded.by_hand,
  unsubscribed = excluded.unsubscribed,
  erased = excluded.erased
