-- What did not go as planned for the member's addresses: the newest change of each, where it failed
-- or waits, with its run and its dead letter. What was only planned was not meant to happen.
SELECT DISTINCT ON (c.address, c.action)
  c.address, c.action, c.run_id, c.held AND r.decision IS DISTINCT FROM 'rejected' AS held, c.outcome,
  f.reason AS refusal, f.dead_letter, b.state AS batch
FROM change c
JOIN run r ON r.run_id = c.run_id AND r.state <> 'planned'
LEFT JOIN failure f
  ON f.account_id = c.account_id AND f.sync_id = c.sync_id AND f.address = c.address
LEFT JOIN LATERAL (
  SELECT b.state
  FROM dispatch d
  JOIN batch b
    ON b.account_id = d.account_id AND b.run_id = d.run_id
    AND d.ord BETWEEN b.from_ord AND b.to_ord
  WHERE d.account_id = c.account_id AND d.run_id = c.run_id AND d.address = c.address
    AND c.action = 'import' AND b.state IN ('intended', 'accepted')
  LIMIT 1) b ON true
WHERE c.account_id = :account AND c.sync_id = :sync AND c.address IN (
  SELECT m.address
  FROM member m
  WHERE m.account_id = :account AND m.sync_id = :sync AND m.member_key = :member)
ORDER BY c.address, c.action, c.run_id DESC
