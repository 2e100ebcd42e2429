-- The reversal of a run, its additions: memberships that are there still end again.
INSERT INTO change (account_id, run_id, sync_id, action, address, member_key, lists, others)
SELECT :account, :run, :sync, 'remove', c.address, min(c.member_key), array_agg(k.list_no),
  coalesce((
    SELECT array_agg(o.list_no)
    FROM membership o
    WHERE o.account_id = :account AND o.address = c.address
      AND o.list_no <> ALL (array_agg(k.list_no))), '{}')
FROM undone c
JOIN membership k
  ON k.account_id = :account AND k.address = c.address AND k.list_no = ANY (c.lists) AND k.owned
WHERE c.action = 'import'
GROUP BY c.address
