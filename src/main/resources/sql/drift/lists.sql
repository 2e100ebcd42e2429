-- Managed lists that were deleted at the provider or have another name there.
INSERT INTO drift (account_id, run_id, kind, list_no, detail, why)
SELECT DISTINCT :account::int, :run::bigint,
  CASE WHEN r.id IS NULL THEN 'listDeleted' ELSE 'listRenamed' END,
  t.list_no, 'is called "' || r.name || '" there',
  CASE WHEN r.id IS NULL THEN 'its dead letter can be replayed to have it made again'
    ELSE 'the list is known by its id, and its name there is left to staff' END
FROM list t
JOIN sync_group g ON g.account_id = t.account_id AND g.list_no = t.list_no AND g.selected
LEFT JOIN unnest(:ids::text[], :names::text[]) AS r(id, name) ON r.id = t.provider_id
WHERE t.account_id = :account AND g.sync_id = :sync AND t.state = 'live'
  AND (r.id IS NULL OR lower(r.name) <> lower(t.name))
UNION ALL
-- What the lists job of the same command has found already.
SELECT :account, :run, d.kind, d.list_no, d.detail, d.why
FROM drift d
JOIN list t ON t.account_id = d.account_id AND t.list_no = d.list_no AND t.state = 'gone'
WHERE d.account_id = :account AND d.kind = 'listDeleted' AND d.run_id = (
  SELECT max(p.run_id) FROM run p
  WHERE p.account_id = :account AND p.sync_id = :sync AND p.run_id < :run)
