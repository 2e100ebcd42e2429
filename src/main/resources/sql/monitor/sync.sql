-- How one sync stands; one row, also when it never ran. A held plan counts until somebody decides or
-- a newer run of its job takes its place.
SELECT coalesce(s.member_count, 0) AS member_count, coalesce(s.eligible_count, 0) AS eligible_count,
  (SELECT count(*) FROM run r
    WHERE r.account_id = s.account_id AND r.sync_id = s.sync_id
      AND r.state = 'held' AND r.decision IS NULL
      AND NOT EXISTS (SELECT FROM run n
        WHERE n.account_id = r.account_id AND n.sync_id = r.sync_id AND n.job = r.job
          AND n.run_id > r.run_id AND n.whole)) AS held,
  (SELECT count(*) FROM dead_letter d
    WHERE d.account_id = s.account_id AND d.sync_id = s.sync_id AND d.state = 'open')
    AS dead_letters,
  (SELECT count(*) FROM address_conflict c
    WHERE c.account_id = s.account_id AND c.sync_id = s.sync_id AND c.state = 'open') AS conflicts,
  EXISTS (SELECT FROM lease l
    JOIN pg_stat_activity p ON p.pid = l.backend AND p.backend_start = l.backend_at
    WHERE l.name = 'sync ' || :sync AND l.until > clock_timestamp()) AS busy
FROM (VALUES (1)) one
LEFT JOIN (SELECT y.* FROM sync y JOIN account a USING (account_id)
  WHERE a.name = :account AND y.name = :sync) s ON true
