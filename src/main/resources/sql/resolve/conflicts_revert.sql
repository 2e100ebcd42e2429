-- The source's address was chosen: the contact gets it back.
WITH settled AS (
  DELETE FROM address_conflict a
  WHERE a.account_id = :account AND a.sync_id = :sync AND a.state = 'source'
  RETURNING a.member_key, a.source_address, a.provider_address
), reverted AS (
  UPDATE member m
  SET address = m.source_address, source_address = NULL, address_since = now()
  FROM settled a
  WHERE m.account_id = :account AND m.sync_id = :sync AND m.member_key = a.member_key
    AND m.source_address IS NOT NULL
)
INSERT INTO affected (address)
SELECT DISTINCT unnest(ARRAY[source_address, provider_address]) FROM settled
