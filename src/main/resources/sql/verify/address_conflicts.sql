-- A member's contact carries another address than the one we knew, and the source still says the
-- old one: neither is overwritten before somebody or a rule has decided. An address that we asked
-- for ourselves is no conflict, for the source says it too.
WITH conflict AS (
  SELECT DISTINCT ON (c.member_sync, c.member_key)
    c.member_sync, c.member_key, s.contact_id, m.address AS source_address,
    s.address AS provider_address, m.address_since, coalesce(s.updated_at, :now::timestamptz) AS at
  FROM seen s
  JOIN contact c ON c.account_id = :account AND c.contact_id = s.contact_id
  JOIN member m
    ON m.account_id = c.account_id AND m.sync_id = c.member_sync AND m.member_key = c.member_key
    AND m.address = c.address AND m.present AND m.reason IS NULL
  WHERE c.address <> s.address AND NOT c.deleted AND NOT s.deleted AND NOT s.unsubscribed
    AND s.address NOT LIKE 'rollcall-%@rollcall.invalid'
), kept AS (
  INSERT INTO address_conflict AS a (
    account_id, sync_id, member_key, contact_id, source_address, provider_address, source_at,
    provider_at)
  SELECT :account, member_sync, member_key, contact_id, source_address, provider_address,
    address_since, at
  FROM conflict
  ON CONFLICT (account_id, sync_id, member_key) DO UPDATE SET
    contact_id = excluded.contact_id,
    provider_address = excluded.provider_address,
    provider_at = excluded.provider_at,
    state = 'open',
    decided_by = NULL
  RETURNING sync_id, member_key
)
INSERT INTO address_change (
  account_id, sync_id, member_key, former, address, kind, contact_id, run_id, at)
SELECT :account, c.member_sync, c.member_key, c.source_address, c.provider_address, 'provider',
  c.contact_id, nullif(:run::bigint, 0), c.at
FROM conflict c
