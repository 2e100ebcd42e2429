UPDATE sync
SET only_removes = :takesAway, not_found = :notFound
WHERE account_id = :account AND sync_id = :sync
  AND (only_removes, not_found) IS DISTINCT FROM (:takesAway, :notFound)
