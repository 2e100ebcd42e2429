-- Dropped files, the newest first; whatever is null is not asked for.
SELECT f.*, s.name AS sync_name
FROM drop_file f
JOIN sync s ON s.account_id = f.account_id AND s.sync_id = f.sync_id
WHERE (:id::bigint IS NULL OR f.drop_file_id = :id)
  AND (:sync::text IS NULL OR s.name = :sync)
  AND (:account::int IS NULL OR f.account_id = :account)
  AND (:drop::text IS NULL OR f.drop_name = :drop)
  AND (:state::text IS NULL OR f.state = :state)
  AND (NOT :kept OR f.kept_as IS NOT NULL AND f.deleted_at IS NULL)
  AND (:settledBefore::timestamptz IS NULL OR f.settled_at < :settledBefore)
ORDER BY f.drop_file_id DESC
LIMIT :most
