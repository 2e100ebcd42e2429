-- What a run of ours did or may have done without having seen it is no drift.
DELETE FROM drift e
WHERE e.account_id = :account AND e.run_id = :run AND EXISTS (
  SELECT
  FROM (VALUES (e.address), (e.former)) AS about(address)
  CROSS JOIN (
    SELECT run_id FROM run
    WHERE account_id = :account
      AND (run_id = :settles OR started_at > :now::timestamptz - interval '1 day')) r
  JOIN change d
    ON d.account_id = :account AND d.run_id = r.run_id AND d.address = about.address
    AND d.action IN ('import', 'remove', 'move')
  WHERE d.run_id = :settles OR d.outcome IN ('waiting', 'unseen'))
