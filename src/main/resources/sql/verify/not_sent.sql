-- Changes of which a part did not reach the provider: their batch was never made or did not end
-- well. It may have done its work all the same, or in part, so what the contact carries is not
-- certain any more: even the fields it had before are sent again (invariant 4).
WITH waiting AS (
  UPDATE change c
  SET outcome = 'waiting'
  FROM dispatch d
  WHERE d.account_id = :account AND d.run_id = :run
    AND c.account_id = d.account_id AND c.run_id = d.run_id AND c.action = 'import'
    AND c.address = d.address AND c.outcome IS NULL
    AND NOT EXISTS (
      SELECT
      FROM batch b
      WHERE b.account_id = d.account_id AND b.run_id = d.run_id AND b.kind IN ('import', 'single')
        AND b.state = 'done' AND d.ord BETWEEN b.from_ord AND b.to_ord)
  RETURNING c.address, c.updates
)
UPDATE contact c
SET sent_digest = NULL
FROM waiting w
WHERE w.updates AND c.account_id = :account AND c.address = w.address
  AND c.sent_digest IS NOT NULL
