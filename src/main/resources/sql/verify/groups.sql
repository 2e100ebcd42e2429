-- A page of a sync's groups by name, with how they stood when a run last ended.
SELECT g.group_name, t.name AS list, g.selected, coalesce(c.members, 0) AS members,
  coalesce(c.synced, 0) AS synced, coalesce(c.pending, 0) AS pending,
  coalesce(c.sending, 0) AS sending, coalesce(c.unsubscribed, 0) AS unsubscribed,
  coalesce(c.failed, 0) AS failed, coalesce(c.held, 0) AS held,
  coalesce(c.not_applicable, 0) AS not_applicable, c.confirmed_at AS at
FROM sync_group g
JOIN sync s ON s.account_id = g.account_id AND s.sync_id = g.sync_id
LEFT JOIN list t ON t.account_id = g.account_id AND t.list_no = g.list_no
LEFT JOIN group_standing c
  ON c.account_id = g.account_id AND c.sync_id = g.sync_id AND c.group_name = g.group_name
WHERE s.name = :sync
  AND (NOT :selected OR g.selected)
  AND (:search::text IS NULL OR strpos(lower(g.group_name), lower(:search)) > 0)
  AND (:after::text IS NULL OR g.group_name > :after)
  AND (:only::text IS NULL OR g.group_name = :only)
ORDER BY g.group_name
LIMIT :most
