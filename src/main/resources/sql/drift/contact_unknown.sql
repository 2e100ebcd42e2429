-- Contacts that nobody knew of.
INSERT INTO drift (account_id, run_id, kind, address, contact_id, detail)
SELECT :account, :run, 'contactUnknown', s.address, s.contact_id,
  CASE WHEN EXISTS (
      SELECT FROM contact c WHERE c.account_id = :account AND c.address = s.address)
    THEN 'was deleted before' END
FROM seen s
WHERE NOT s.deleted
  AND NOT EXISTS (
    SELECT FROM contact c
    WHERE c.account_id = :account AND c.address = s.address AND NOT c.deleted)
  AND NOT EXISTS (
    SELECT FROM contact c
    WHERE c.account_id = :account AND c.contact_id = s.contact_id AND NOT c.deleted)
