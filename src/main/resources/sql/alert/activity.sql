-- What the runs of a sync did since the last digest.
SELECT count(*) AS runs,
  count(*) FILTER (WHERE r.state = 'failed') AS failed,
  coalesce(sum((r.counts ->> 'createContact')::bigint), 0) AS created,
  coalesce(sum((r.counts ->> 'updateContact')::bigint), 0) AS updated,
  coalesce(sum((r.counts ->> 'addToList')::bigint), 0) AS added,
  coalesce(sum((r.counts ->> 'removeFromList')::bigint), 0) AS removed,
  coalesce(sum((r.counts ->> 'requests')::bigint), 0) AS requests
FROM run r
JOIN sync y ON y.account_id = r.account_id AND y.sync_id = r.sync_id
JOIN account a ON a.account_id = y.account_id
WHERE a.name = :account AND y.name = :sync
  AND r.finished_at > :since AND r.finished_at <= :now AND r.state <> 'planned'
