-- Gives rows of the affected addresses their own fields back, where they carried a combined name.
UPDATE member m
SET fields = m.own_fields, fields_digest = hashtextextended(m.own_fields, 0), own_fields = NULL
FROM affected a
WHERE m.account_id = :account AND m.sync_id = :sync AND m.address = a.address
  AND m.own_fields IS NOT NULL
