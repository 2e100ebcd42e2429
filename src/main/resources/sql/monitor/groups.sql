-- The largest groups of a sync, for metrics that were asked for.
SELECT m.group_name, count(*) AS members
FROM member m
JOIN sync y USING (account_id, sync_id)
JOIN account a USING (account_id)
WHERE a.name = :account AND y.name = :sync AND m.present
GROUP BY m.group_name
ORDER BY members DESC, m.group_name
LIMIT 500
