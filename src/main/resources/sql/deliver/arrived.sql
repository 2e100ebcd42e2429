-- The address change is done, and noted.
WITH done AS (
  UPDATE change
  SET outcome = NULL
  WHERE account_id = :account AND run_id = :run AND action = 'move' AND address = :to
  RETURNING sync_id, member_key, former, address, contact_id
)
INSERT INTO address_change (
  account_id, sync_id, member_key, former, address, kind, contact_id, run_id, at)
SELECT :account, sync_id, member_key, former, address, 'moved', contact_id, :run, now()
FROM done
