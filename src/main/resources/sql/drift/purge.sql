-- The entries of old reconciliations; the numbers of the newest are always there.
DELETE FROM drift d
USING reconciliation r
WHERE r.account_id = :account AND r.at < :now::timestamptz - interval '90 days'
  AND d.account_id = r.account_id AND d.run_id = r.run_id
