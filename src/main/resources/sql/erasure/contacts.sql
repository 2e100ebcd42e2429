-- The contacts of the person, as far as it is known what they did: by an address that is nobody else's.
CREATE TEMP TABLE erased_contact ON COMMIT DROP AS
SELECT k.account_id, k.contact_no
FROM activity_contact k
LEFT JOIN contact c ON c.account_id = k.account_id AND c.contact_id = k.contact_id
WHERE coalesce(c.address, k.address) = ANY (:addresses)
