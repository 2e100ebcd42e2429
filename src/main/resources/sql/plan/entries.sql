SELECT c.member_key, c.address, c.former, c.held, c.outcome,
  CASE
    WHEN c.action = 'remove' THEN 'remove from list'
    WHEN c.action = 'move' THEN 'change address'
    WHEN c.action = 'resubscribe' THEN 'resubscribe'
    WHEN c.creates THEN 'create contact'
    WHEN c.adopts THEN 'adopt contact'
    WHEN c.updates AND c.lists <> '{}' THEN 'update and add'
    WHEN c.updates THEN 'update contact'
    ELSE 'add to list'
  END AS change,
  coalesce((
    SELECT string_agg(t.name, ', ' ORDER BY t.name)
    FROM list t
    WHERE t.account_id = c.account_id AND t.list_no = ANY (c.lists)), '') AS lists
FROM change c
WHERE c.run_id = :run
ORDER BY c.action DESC, c.address
LIMIT :most
