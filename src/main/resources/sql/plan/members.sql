-- How many members there are, once per group, and how many the plan leaves alone.
SELECT
  count(*) AS members,
  count(*) FILTER (WHERE m.group_winner OR m.reason = 'UNSUBSCRIBED_BEFORE') AS eligible,
  count(*) FILTER (WHERE m.group_winner AND c.address IS NOT NULL) AS touched
FROM member m
LEFT JOIN change c
  ON c.account_id = m.account_id AND c.run_id = :run AND c.action = 'import'
  AND c.address = m.address
WHERE m.account_id = :account AND m.sync_id = :sync AND m.present
