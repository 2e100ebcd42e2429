-- What waits for a person, by sync. Held is what the newest run of its kind left; older plans are
-- overtaken. So much is counted at most, for more makes no difference to who reads it.
SELECT s.name AS sync,
  (SELECT r.run_id
    FROM (
      SELECT run_id, state, decision FROM run
      WHERE account_id = s.account_id AND sync_id = s.sync_id AND job = 'contacts' AND whole
      ORDER BY run_id DESC LIMIT 1
    ) r
    WHERE r.state = 'held' AND r.decision IS NULL) AS held_run,
  (SELECT count(*) FROM address_conflict c
    WHERE c.account_id = s.account_id AND c.sync_id = s.sync_id AND c.state = 'open') AS conflicts,
  (SELECT count(*)
    FROM (
      SELECT FROM dead_letter d
      WHERE d.account_id = s.account_id AND d.sync_id = s.sync_id AND d.state = 'open'
      LIMIT 10000
    ) d) AS letters,
  (SELECT count(*) FROM sync_group g
    JOIN group_standing c USING (account_id, sync_id, group_name)
    WHERE g.account_id = s.account_id AND g.sync_id = s.sync_id AND g.selected
      AND c.members > c.not_applicable
      AND greatest(c.confirmed_at, last.finished_at) IS DISTINCT FROM NULL
      AND greatest(c.confirmed_at, last.finished_at) < :stale) AS stale_groups,
  (SELECT count(*) FROM sync_group g
    WHERE g.account_id = s.account_id AND g.sync_id = s.sync_id) AS groups
FROM sync s
LEFT JOIN LATERAL (
  SELECT r.finished_at FROM run r
  WHERE r.account_id = s.account_id AND r.sync_id = s.sync_id AND r.job = 'contacts' AND r.whole
    AND r.state IN ('completed', 'partial') AND r.finished_at IS NOT NULL
  ORDER BY r.run_id DESC
  LIMIT 1
) last ON true
ORDER BY s.name
