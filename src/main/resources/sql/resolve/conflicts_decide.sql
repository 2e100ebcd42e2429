-- A person's or a rule's word on who is right.
WITH decided AS (
  UPDATE address_conflict a
  SET state = :keep, decided_by = :by
  FROM sync s
  WHERE s.account_id = a.account_id AND s.sync_id = a.sync_id AND s.name = :sync
    AND a.state = 'open' AND (:member::text IS NULL OR a.member_key = :member)
  RETURNING a.*
), noted AS (
  INSERT INTO address_change (
    account_id, sync_id, member_key, former, address, kind, contact_id, at, by, to_provider)
  SELECT account_id, sync_id, member_key,
    CASE WHEN state = 'source' THEN provider_address ELSE source_address END,
    CASE WHEN state = 'source' THEN source_address ELSE provider_address END,
    'decided', contact_id, now(), decided_by, state = 'provider'
  FROM decided
)
UPDATE account a
SET version = version + 1
FROM decided d
WHERE a.account_id = d.account_id
