-- What the provider is known to hold under the member's addresses.
SELECT c.address, c.contact_id, c.permission, c.deleted, c.seen_at, c.opt_out_at, c.opt_out_by,
  o.name AS owner, o.sync_id IS NOT DISTINCT FROM :sync AS ours,
  c.sent_digest IS NOT NULL AND c.sent_digest = w.fields_digest AS up_to_date,
  (SELECT string_agg(t.name, ', ' ORDER BY t.name)
    FROM membership k
    JOIN list t ON t.account_id = k.account_id AND t.list_no = k.list_no
    WHERE k.account_id = c.account_id AND k.address = c.address AND k.owned) AS own_lists,
  (SELECT string_agg(t.name, ', ' ORDER BY t.name)
    FROM membership k
    JOIN list t ON t.account_id = k.account_id AND t.list_no = k.list_no
    WHERE k.account_id = c.account_id AND k.address = c.address AND NOT k.owned) AS other_lists
FROM contact c
LEFT JOIN sync o ON o.account_id = c.account_id AND o.sync_id = c.owner_sync
LEFT JOIN member w
  ON w.account_id = c.account_id AND w.sync_id = :sync AND w.address = c.address
  AND w.contact_winner
WHERE c.account_id = :account AND c.address IN (
  SELECT m.address
  FROM member m
  WHERE m.account_id = :account AND m.sync_id = :sync AND m.member_key = :member
  UNION
  SELECT f.address
  FROM former_address f
  WHERE f.account_id = :account AND f.sync_id = :sync AND f.member_key = :member)
ORDER BY c.address
