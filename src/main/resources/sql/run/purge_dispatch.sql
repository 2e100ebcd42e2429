-- The order of dispatch is of use until a run is settled, and a while longer for records that broke.
DELETE FROM dispatch d
WHERE d.account_id = :account AND d.run_id = ANY (ARRAY(
  SELECT r.run_id
  FROM run r
  WHERE r.account_id = :account AND r.settled_at < :now::timestamptz - interval '7 days'
    AND EXISTS (SELECT FROM dispatch o WHERE o.account_id = :account AND o.run_id = r.run_id)))
