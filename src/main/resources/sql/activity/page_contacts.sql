INSERT INTO activity_contact (account_id, contact_id, address)
SELECT DISTINCT ON (p.contact_id) :account::int, p.contact_id, p.address
FROM unnest(:contacts::text[], :addresses::text[]) AS p(contact_id, address)
ORDER BY p.contact_id
ON CONFLICT (account_id, contact_id) DO NOTHING
