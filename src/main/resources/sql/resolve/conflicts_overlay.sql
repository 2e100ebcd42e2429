-- As long as nobody has decided otherwise, the member is known by the address that the provider has:
-- lists and fields go on, nothing is overwritten, and no second contact appears.
WITH overlaid AS (
  UPDATE member m
  SET source_address = a.source_address, address = a.provider_address, address_since = now()
  FROM address_conflict a
  WHERE a.account_id = :account AND a.sync_id = :sync AND a.state <> 'source'
    AND m.account_id = a.account_id AND m.sync_id = a.sync_id AND m.member_key = a.member_key
    AND m.present AND m.reason IS NULL
    AND coalesce(m.source_address, m.address) = a.source_address
    AND m.address <> a.provider_address
  RETURNING a.source_address, a.provider_address
)
INSERT INTO affected (address)
SELECT DISTINCT unnest(ARRAY[source_address, provider_address]) FROM overlaid
