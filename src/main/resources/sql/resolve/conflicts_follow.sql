-- The source gives yet another address while nobody has decided: the conflict is about that one now.
UPDATE address_conflict a
SET source_address = n.address, source_at = n.address_since
FROM (
  SELECT DISTINCT ON (m.member_key) m.member_key, m.address, m.address_since
  FROM member m
  JOIN address_conflict c
    ON c.account_id = m.account_id AND c.sync_id = m.sync_id AND c.member_key = m.member_key
  WHERE m.account_id = :account AND m.sync_id = :sync AND m.present AND m.reason IS NULL
    AND m.source_address IS NULL AND m.address <> c.provider_address
  ORDER BY m.member_key, m.address_since DESC, m.address
) n
WHERE a.account_id = :account AND a.sync_id = :sync AND a.member_key = n.member_key
  AND a.state <> 'provider'
  AND NOT EXISTS (
    SELECT FROM member m
    WHERE m.account_id = a.account_id AND m.sync_id = a.sync_id AND m.member_key = a.member_key
      AND m.present AND m.reason IS NULL
      AND coalesce(m.source_address, m.address) = a.source_address)
