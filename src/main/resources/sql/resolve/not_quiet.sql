-- The sync has something to plan, though its source is the same.
UPDATE sync SET quiet_version = NULL WHERE account_id = :account AND sync_id = :sync
