-- Former fields serve to undo runs, and go with them.
DELETE FROM former_fields
WHERE account_id = :account AND kept_at < :now::timestamptz - interval '90 days'
