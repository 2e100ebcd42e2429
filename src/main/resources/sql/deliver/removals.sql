-- The next contacts to be taken off lists, with the ids that are known from reading. One call takes
-- all its contacts off all its lists, so each comes with the lists it stays on, and with those that
-- this very run has put it on.
SELECT d.address, c.contact_id, d.lists, d.others || coalesce(i.lists, '{}') AS others
FROM change d
JOIN contact c ON c.account_id = d.account_id AND c.address = d.address
LEFT JOIN change i
  ON i.account_id = d.account_id AND i.run_id = d.run_id AND i.action = 'import'
  AND i.address = d.address
WHERE d.account_id = :account AND d.run_id = :run AND d.action = 'remove' AND NOT d.held
  AND d.address > :after
ORDER BY d.address
LIMIT :most
