-- Whom a row of a report is about, as far as it says.
SELECT coalesce(:address::text, c.address, k.address) AS address,
  CASE WHEN c.member_sync = :sync THEN c.member_key END AS member_key
FROM (SELECT :account::int AS account_id, :contact::text AS contact_id) r
LEFT JOIN contact c ON c.account_id = r.account_id AND c.contact_id = r.contact_id
LEFT JOIN activity_contact k ON k.account_id = r.account_id AND k.contact_id = r.contact_id
LIMIT 1
