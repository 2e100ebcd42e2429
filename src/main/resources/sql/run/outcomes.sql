-- A run's changes by kind and by what became of them. A change that was kept back by nothing is
-- applied, unless the run ended before it was sent.
SELECT action,
  CASE
    WHEN outcome IS NOT NULL THEN outcome
    WHEN held THEN 'held'
    WHEN :whole THEN 'applied'
    ELSE 'unknown'
  END AS outcome,
  count(*) AS changes
FROM change
WHERE account_id = :account AND run_id = :run
GROUP BY 1, 2
