-- Every table of ours that says something about single people: by address, or by a member's key.
SELECT c.table_name,
  bool_or(c.column_name = 'address') AS by_address,
  bool_or(c.column_name = 'former') AS by_former,
  bool_or(c.column_name = 'member_key') AS by_key,
  bool_or(c.column_name = 'sync_id') AS by_sync
FROM information_schema.columns c
JOIN information_schema.tables t
  ON t.table_schema = c.table_schema AND t.table_name = c.table_name
WHERE c.table_schema = current_schema() AND t.table_type = 'BASE TABLE'
GROUP BY c.table_name
HAVING bool_or(c.column_name IN ('address', 'member_key'))
ORDER BY c.table_name
