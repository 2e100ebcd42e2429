SELECT kind, count(*) AS found, count(*) FILTER (WHERE repairs) AS repaired
FROM drift
WHERE run_id = :run
GROUP BY kind
