-- The fields that a reversal sends are not those that the members have now.
UPDATE dispatch d
SET fields = f.fields
FROM change c
JOIN former_fields f ON f.account_id = c.account_id AND f.digest = c.fields_digest
WHERE d.account_id = :account AND d.run_id = :run AND d.whole
  AND c.account_id = d.account_id AND c.run_id = d.run_id AND c.action = 'import'
  AND c.address = d.address
