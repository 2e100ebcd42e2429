-- How much of a run's plan has been sent and settled: whole batches only.
SELECT
  coalesce((
    SELECT max(d.ord)
    FROM dispatch d
    WHERE d.account_id = r.account_id AND d.run_id = r.run_id), 0) AS planned,
  coalesce((
    SELECT sum(b.to_ord - b.from_ord + 1)
    FROM batch b
    WHERE b.account_id = r.account_id AND b.run_id = r.run_id AND b.kind = 'import'
      AND b.state IN ('done', 'refused', 'lost')), 0) AS settled,
  (SELECT min(b.intended_at) FROM batch b WHERE b.account_id = r.account_id AND b.run_id = r.run_id)
    AS begun
FROM run r
WHERE r.run_id = :run
