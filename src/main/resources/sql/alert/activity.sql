-- What the runs of a sync did since the last digest. What a run holds it has not done: what it takes
-- off lists, or its whole plan where it counts nothing as held.
SELECT count(*) AS runs,
  count(*) FILTER (WHERE r.state = 'failed') AS failed,
  coalesce(sum((r.counts ->> 'createContact')::bigint) FILTER (WHERE NOT h.whole), 0) AS created,
  coalesce(sum((r.counts ->> 'updateContact')::bigint) FILTER (WHERE NOT h.whole), 0) AS updated,
  coalesce(sum((r.counts ->> 'addToList')::bigint) FILTER (WHERE NOT h.whole), 0) AS added,
  coalesce(sum((r.counts ->> 'removeFromList')::bigint) FILTER (WHERE r.state <> 'held'), 0) AS removed,
  coalesce(sum((r.counts ->> 'requests')::bigint), 0) AS requests
FROM run r
JOIN sync y ON y.account_id = r.account_id AND y.sync_id = r.sync_id
JOIN account a ON a.account_id = y.account_id
CROSS JOIN LATERAL (
  SELECT r.state = 'held' AND coalesce((r.counts ->> 'held')::bigint, 0) = 0 AS whole
) h
WHERE a.name = :account AND y.name = :sync
  AND r.finished_at > :since AND r.finished_at <= :now AND r.state <> 'planned'
