-- What a run changed can be looked up for a quarter of a year.
DELETE FROM change c
WHERE c.account_id = :account AND c.run_id = ANY (ARRAY(
  SELECT r.run_id
  FROM run r
  WHERE r.account_id = :account AND r.finished_at < :now::timestamptz - interval '90 days'
    AND EXISTS (SELECT FROM change o WHERE o.account_id = :account AND o.run_id = r.run_id)))
