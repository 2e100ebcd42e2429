-- Why the next plan of a sync waits for a person as a whole, if it does.
SELECT s.put_back, s.undone_run
FROM sync s
WHERE s.account_id = :account AND s.sync_id = :sync AND (s.put_back OR s.undone_run IS NOT NULL)
