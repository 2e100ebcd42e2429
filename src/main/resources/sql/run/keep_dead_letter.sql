WITH known AS (
  SELECT dead_letter_id
  FROM dead_letter
  WHERE account_id = :account AND sync_id = :sync AND state = 'open' AND kind = :kind
    AND member_key IS NOT DISTINCT FROM :member AND address IS NOT DISTINCT FROM :address
    AND cause = :cause AND payload = :payload
), kept AS (
  INSERT INTO dead_letter (
    account_id, sync_id, run_id, kind, member_key, address, payload, cause, remedy, at)
  SELECT :account, :sync, :run, :kind, :member, :address, :payload, :cause, :remedy, :now
  WHERE NOT EXISTS (SELECT FROM known)
  RETURNING dead_letter_id
)
SELECT dead_letter_id FROM known UNION ALL SELECT dead_letter_id FROM kept
LIMIT 1
