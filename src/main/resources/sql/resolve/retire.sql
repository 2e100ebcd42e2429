-- The members of a sync that is no longer in the settings stop being wanted. The rows stay, marked
-- absent, so that a sync which is added back still knows under which addresses they were known.
WITH former AS (
  UPDATE sync s
  SET fingerprint_high = NULL, fingerprint_low = NULL, quiet_version = NULL
  FROM account a
  WHERE a.account_id = s.account_id AND s.name = :sync
    AND a.name || ' ' || s.name <> ALL (:present)
  RETURNING s.account_id, s.sync_id
), changed AS (
  -- the next runs of the account's other syncs have to compare anew
  UPDATE account a
  SET version = version + 1
  FROM former f
  WHERE a.account_id = f.account_id
)
UPDATE member m
SET present = false, group_winner = false, contact_winner = false
FROM former f
WHERE m.account_id = f.account_id AND m.sync_id = f.sync_id AND m.present
