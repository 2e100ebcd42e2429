SELECT s.name
FROM batch b
JOIN run r ON r.run_id = b.run_id
JOIN sync s ON s.account_id = r.account_id AND s.sync_id = r.sync_id
WHERE b.state IN ('intended', 'accepted')
ORDER BY b.batch_id
LIMIT 1
