-- Memberships of known contacts on managed lists that nobody knew of. A list that was adopted after
-- the last whole reading does not count: its memberships could not be known.
INSERT INTO drift (account_id, run_id, kind, address, contact_id, member_key, list_no)
SELECT DISTINCT :account::int, :run::bigint, 'membershipAdded', s.address, s.contact_id,
  c.member_key, t.list_no
FROM seen s
JOIN contact c ON c.account_id = :account AND c.address = s.address AND NOT c.deleted
CROSS JOIN LATERAL unnest(string_to_array(s.lists, ',')) AS l(provider_id)
JOIN list t
  ON t.account_id = :account AND t.provider_id = l.provider_id AND t.state = 'live'
  AND (t.known_id = t.provider_id OR NOT t.adopted)
WHERE NOT s.deleted
  AND NOT EXISTS (
    SELECT FROM membership k
    WHERE k.account_id = :account AND k.list_no = t.list_no AND k.address = s.address)
