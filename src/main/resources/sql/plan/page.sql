-- A plan's changes of one kind or all, a page at a time, in the order of its key.
SELECT c.action, c.member_key, c.address, c.former, c.held, c.outcome, c.reason, k.change,
  coalesce((
    SELECT string_agg(t.name, ', ' ORDER BY t.name)
    FROM list t
    WHERE t.account_id = c.account_id AND t.list_no = ANY (c.lists)), '') AS lists
FROM change c
CROSS JOIN LATERAL (
  SELECT CASE
    WHEN c.action = 'remove' THEN 'remove from list'
    WHEN c.action = 'move' THEN 'change address'
    WHEN c.action = 'resubscribe' THEN 'resubscribe'
    WHEN c.creates THEN 'create contact'
    WHEN c.adopts THEN 'adopt contact'
    WHEN c.updates AND c.lists <> '{}' THEN 'update and add'
    WHEN c.updates THEN 'update contact'
    ELSE 'add to list'
  END AS change
) k
WHERE c.account_id = (SELECT r.account_id FROM run r WHERE r.run_id = :run) AND c.run_id = :run
  AND (c.action, c.address) > (:action, :address)
  AND (:change::text IS NULL OR k.change = :change)
ORDER BY c.action, c.address
LIMIT :most
