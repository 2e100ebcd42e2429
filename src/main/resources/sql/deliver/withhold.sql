-- A contact whose address did not change must not be sent under the new one: that would be a second
-- contact.
WITH withheld AS (
  UPDATE change c
  SET outcome = 'waiting'
  FROM change m
  WHERE m.account_id = :account AND m.run_id = :run AND m.action = 'move' AND m.outcome IS NOT NULL
    AND c.account_id = m.account_id AND c.run_id = m.run_id AND c.action = 'import'
    AND c.address = m.address AND c.outcome IS NULL
)
DELETE FROM dispatch d
USING change m
WHERE m.account_id = :account AND m.run_id = :run AND m.action = 'move' AND m.outcome IS NOT NULL
  AND d.account_id = m.account_id AND d.run_id = m.run_id AND d.address = m.address
