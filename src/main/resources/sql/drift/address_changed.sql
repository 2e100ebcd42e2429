-- Contacts that carry another address than was known.
INSERT INTO drift (
  account_id, run_id, kind, address, former, contact_id, member_key)
SELECT :account, :run, 'addressChanged', s.address, c.address, s.contact_id, c.member_key
FROM contact c
JOIN seen s ON s.contact_id = c.contact_id AND s.address <> c.address AND NOT s.deleted
WHERE c.account_id = :account AND NOT c.deleted
