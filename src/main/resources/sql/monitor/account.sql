-- How one account's work stands. A lease counts while its owner's session lives.
SELECT
  (SELECT max(r.finished_at) FROM run r JOIN account a USING (account_id)
    WHERE a.name = :account AND r.state IN ('completed', 'partial', 'held')) AS last_success,
  (SELECT count(*) FROM batch b JOIN account a USING (account_id)
    WHERE a.name = :account AND b.state IN ('intended', 'accepted')) AS open_jobs,
  EXISTS (SELECT FROM lease l
    JOIN pg_stat_activity p ON p.pid = l.backend AND p.backend_start = l.backend_at
    WHERE l.name = 'account ' || :account AND l.until > clock_timestamp()) AS busy
