-- Gives rows of the affected addresses their own fields back, where they carried a combined name. What
-- they carried is kept, so that a run can be undone.
WITH kept AS (
  INSERT INTO former_fields (account_id, digest, fields, kept_at)
  SELECT DISTINCT ON (m.fields_digest) m.account_id, m.fields_digest, m.fields, now()
  FROM affected a
  JOIN member m ON m.account_id = :account AND m.address = a.address
  WHERE m.sync_id = :sync AND m.own_fields IS NOT NULL
  ON CONFLICT (account_id, digest) DO UPDATE SET kept_at = excluded.kept_at
)
UPDATE member m
SET fields = m.own_fields, fields_digest = hashtextextended(m.own_fields, 0), own_fields = NULL
FROM affected a
WHERE m.account_id = :account AND m.sync_id = :sync AND m.address = a.address
  AND m.own_fields IS NOT NULL
