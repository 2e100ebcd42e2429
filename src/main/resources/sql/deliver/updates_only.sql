-- Contacts of a batch that are there, and on their lists, whether it did its work or not.
SELECT count(*)
FROM dispatch d
JOIN change c
  ON c.account_id = d.account_id AND c.run_id = d.run_id AND c.action = 'import'
  AND c.address = d.address
WHERE d.account_id = :account AND d.run_id = :run AND d.ord BETWEEN :from AND :to
  AND c.updates AND c.lists = '{}' AND c.outcome IS NULL
