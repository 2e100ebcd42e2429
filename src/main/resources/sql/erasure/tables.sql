-- Every table of ours that says something about single people: by addresses, by a member's key, or by
-- the number of a contact whose activities are kept. Partitions belong to their table.
SELECT c.table_name,
  array_agg(c.column_name::text ORDER BY c.column_name)
    FILTER (WHERE c.column_name = 'former' OR c.column_name LIKE '%address') AS addresses,
  array_agg(c.column_name::text ORDER BY c.column_name)
    FILTER (WHERE c.column_name IN ('fields_digest', 'before_digest', 'sent_digest')) AS digests,
  bool_or(c.column_name = 'member_key') AS by_key,
  bool_or(c.column_name = 'contact_no') AS by_contact,
  bool_or(c.column_name = 'sync_id') AS by_sync
FROM information_schema.columns c
JOIN information_schema.tables t
  ON t.table_schema = c.table_schema AND t.table_name = c.table_name
WHERE c.table_schema = current_schema() AND t.table_type = 'BASE TABLE'
  AND NOT EXISTS (
    SELECT
    FROM pg_class p
    WHERE p.relnamespace = current_schema()::regnamespace AND p.relname = c.table_name
      AND p.relispartition)
GROUP BY c.table_name
HAVING bool_or(c.column_name = 'former' OR c.column_name LIKE '%address')
  OR bool_or(c.column_name IN ('member_key', 'contact_no'))
ORDER BY c.table_name
