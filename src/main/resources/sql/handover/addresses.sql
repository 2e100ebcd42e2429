-- Addresses that members got at the provider, when that was noticed and when it was decided that
-- they count, which the sync's address-changes route has not had yet. A dead letter that was replayed
-- goes again.
SELECT a.ord, a.attempts, 'address:' || a.ord AS id,
  CASE a.kind WHEN 'decided' THEN 'address_decided' ELSE 'address_changed' END AS what,
  a.member_key, a.former, a.address, a.at, a.by, a.contact_id
FROM address_change a
LEFT JOIN dead_letter d ON d.account_id = a.account_id AND d.dead_letter_id = a.dead_letter
WHERE a.account_id = :account AND a.sync_id = :sync AND a.handed_at IS NULL AND a.ord > :after
  AND (a.kind = 'provider' OR a.kind = 'decided' AND a.to_provider)
  AND (a.dead_letter IS NULL OR d.state = 'replayed')
ORDER BY a.ord
LIMIT :most
