SELECT r.run_id, r.at, r.contacts
FROM reconciliation r
JOIN sync s ON s.account_id = r.account_id AND s.sync_id = r.sync_id
WHERE s.name = :sync AND (:run::bigint IS NULL OR r.run_id = :run)
ORDER BY r.run_id DESC
LIMIT 1
