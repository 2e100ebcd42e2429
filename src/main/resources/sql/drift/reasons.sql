-- Why how many of a run's differences are left as they are.
SELECT kind, why, count(*) AS entries
FROM drift
WHERE run_id = :run AND NOT repairs
GROUP BY kind, why
ORDER BY kind, why
