-- Entries that are planned again.
DELETE FROM change
WHERE account_id = :account AND run_id = :run AND action IN ('import', 'remove')
  AND address = ANY (:addresses)
