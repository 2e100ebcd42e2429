-- The last finished run of each job of each sync; dry runs and parts tell nothing about it.
SELECT a.name AS account, y.name AS sync, j.job, r.run_id, r.state, r.error, r.held_reason,
  r.decision, r.finished_at
FROM sync y
JOIN account a ON a.account_id = y.account_id
CROSS JOIN (VALUES ('lists'), ('contacts'), ('activities')) j (job)
CROSS JOIN LATERAL (
  SELECT *
  FROM run r
  WHERE r.account_id = y.account_id AND r.sync_id = y.sync_id AND r.job = j.job
    AND r.state NOT IN ('running', 'planned') AND (r.whole OR r.job = 'activities')
  ORDER BY r.run_id DESC
  LIMIT 1
) r
ORDER BY y.name, r.run_id
