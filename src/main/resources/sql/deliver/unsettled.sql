-- The last run that sent something and failed or was killed before it had read the outcome; a run
-- that ended well later has read it since.
SELECT r.run_id
FROM run r
WHERE r.account_id = :account AND r.run_id < :run AND r.state IN ('failed', 'running')
  AND EXISTS (SELECT FROM batch b WHERE b.account_id = r.account_id AND b.run_id = r.run_id)
  AND NOT EXISTS (
    SELECT FROM run l
    WHERE l.account_id = r.account_id AND l.job = 'contacts' AND l.run_id > r.run_id
      AND l.state IN ('completed', 'partial', 'held'))
ORDER BY r.run_id DESC
LIMIT 1
