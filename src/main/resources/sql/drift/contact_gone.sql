-- Contacts that were known and that the provider does not hold any more, under no address.
INSERT INTO drift (account_id, run_id, kind, address, contact_id, member_key, detail)
SELECT :account, :run, 'contactGone', c.address, c.contact_id, c.member_key,
  CASE WHEN s.address IS NULL THEN 'not part of the account any more'
    ELSE 'deleted at the provider' END
FROM contact c
LEFT JOIN seen s ON s.address = c.address
WHERE c.account_id = :account AND NOT c.deleted AND (s.address IS NULL OR s.deleted)
  AND NOT EXISTS (
    SELECT FROM seen o
    WHERE o.contact_id = c.contact_id AND NOT o.deleted AND o.address <> c.address)
