-- The contacts of a member; where one of its addresses has none, an empty one.
SELECT DISTINCT coalesce(c.contact_id, '') AS contact_id
FROM member m
LEFT JOIN contact c ON c.account_id = m.account_id AND c.address = m.address
WHERE m.account_id = :account AND m.sync_id = :sync AND m.member_key = :member
ORDER BY 1
