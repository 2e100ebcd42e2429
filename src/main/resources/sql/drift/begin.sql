INSERT INTO reconciliation (account_id, run_id, sync_id, at, scheduled_for, contacts)
SELECT :account, :run, :sync, :now, :scheduled::timestamp, count(*)
FROM seen
WHERE NOT deleted
