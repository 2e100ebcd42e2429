SELECT s.name AS sync, a.member_key, a.source_address, a.source_at, a.provider_address,
  a.provider_at, a.contact_id
FROM address_conflict a
JOIN sync s ON s.account_id = a.account_id AND s.sync_id = a.sync_id
WHERE a.state = 'open' AND (:sync::text IS NULL OR s.name = :sync)
  AND (:member::text IS NULL OR a.member_key = :member)
ORDER BY s.name, a.member_key
LIMIT :most
