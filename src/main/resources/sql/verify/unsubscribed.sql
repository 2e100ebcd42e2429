UPDATE change d
SET outcome = 'unsubscribed'
FROM contact c
WHERE d.account_id = :account AND d.run_id = :run AND d.action = 'import' AND d.outcome IS NULL
  AND c.account_id = d.account_id AND c.address = d.address AND c.permission = 'unsubscribed'
