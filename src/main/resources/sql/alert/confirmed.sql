-- When each sync last confirmed anything; syncs without a schedule are not expected to.
SELECT a.name AS account, y.name AS sync, greatest(r.at, s.since) AS at, r.at IS NULL AS never
FROM sync y
JOIN account a ON a.account_id = y.account_id
JOIN schedule s ON s.account_id = y.account_id AND s.sync_id = y.sync_id AND s.jobs = 'sync'
LEFT JOIN LATERAL (
  SELECT r.finished_at AS at
  FROM run r
  WHERE r.account_id = y.account_id AND r.sync_id = y.sync_id AND r.job = 'contacts' AND r.whole
    AND r.state IN ('completed', 'partial')
  ORDER BY r.run_id DESC
  LIMIT 1
) r ON true
ORDER BY y.name
