-- Memberships that were known and that the contact does not have any more.
INSERT INTO drift (account_id, run_id, kind, address, contact_id, member_key, list_no, detail)
SELECT :account, :run, 'membershipLost', k.address, s.contact_id, c.member_key, k.list_no,
  CASE WHEN NOT k.owned THEN 'was made by hand' END
FROM membership k
JOIN list t ON t.account_id = k.account_id AND t.list_no = k.list_no AND t.state = 'live'
JOIN seen s ON s.address = k.address AND NOT s.deleted
LEFT JOIN contact c ON c.account_id = k.account_id AND c.address = k.address
WHERE k.account_id = :account AND (t.known_id = t.provider_id OR NOT t.adopted)
  AND t.provider_id <> ALL (string_to_array(s.lists, ','))
