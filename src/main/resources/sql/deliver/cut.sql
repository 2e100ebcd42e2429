-- The next contacts of a parcel, with the fields of the member that wins the address.
SELECT d.ord, d.address, CASE WHEN d.whole THEN coalesce(d.fields, m.fields) END AS fields
FROM dispatch d
LEFT JOIN member m
  ON m.account_id = d.account_id AND m.address = d.address AND m.sync_id = :sync
  AND m.contact_winner
WHERE d.account_id = :account AND d.run_id = :run AND d.parcel = :parcel
  AND d.ord > :after AND d.ord <= :until
ORDER BY d.ord
LIMIT :rows
