-- Calls for contacts whose addresses are too long for an import: one makes a contact, and one that is
-- there is read before it is changed.
SELECT coalesce(sum(CASE WHEN k.contact_id IS NULL THEN 1 ELSE 2 END), 0)
FROM dispatch d
LEFT JOIN contact k ON k.account_id = d.account_id AND k.address = d.address
WHERE d.account_id = :account AND d.run_id = :run AND d.parcel < 0
