-- Contacts whose address an import does not take, with the fields of the member that wins it.
SELECT d.ord, d.address, c.lists, k.contact_id, CASE WHEN c.creates OR c.updates THEN m.fields END AS fields
FROM dispatch d
JOIN change c
  ON c.account_id = d.account_id AND c.run_id = d.run_id AND c.action = 'import'
  AND c.address = d.address AND c.outcome IS NULL
LEFT JOIN member m
  ON m.account_id = d.account_id AND m.address = d.address AND m.sync_id = c.sync_id
  AND m.contact_winner
LEFT JOIN contact k ON k.account_id = d.account_id AND k.address = d.address
WHERE d.account_id = :account AND d.run_id = :run AND d.parcel < 0
ORDER BY d.ord
