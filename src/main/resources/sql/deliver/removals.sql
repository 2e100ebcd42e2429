-- The next contacts to be taken off lists, with the ids that are known from reading.
SELECT d.address, c.contact_id, d.lists, d.others
FROM change d
JOIN contact c ON c.account_id = d.account_id AND c.address = d.address
WHERE d.account_id = :account AND d.run_id = :run AND d.action = 'remove' AND NOT d.held
  AND d.address > :after
ORDER BY d.address
LIMIT :most
