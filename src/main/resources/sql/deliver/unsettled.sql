-- The newest run that sent something, when it ended before it had read back what became of it.
SELECT r.run_id
FROM run r
WHERE r.account_id = :account AND r.settled_at IS NULL
  AND r.run_id = (
    SELECT max(b.run_id) FROM batch b WHERE b.account_id = :account AND b.run_id < :run)
