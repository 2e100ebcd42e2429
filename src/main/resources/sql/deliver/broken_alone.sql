-- Jobs that carried nothing but this record, with the fields it has now, and broke. A run has one
-- at most, so this bounds how often the record is tried (invariant 9).
SELECT count(DISTINCT b.run_id)
FROM dispatch now
JOIN change c
  ON c.account_id = now.account_id AND c.run_id = now.run_id AND c.action = 'import'
  AND c.address = now.address
JOIN dispatch d ON d.account_id = now.account_id AND d.address = now.address
JOIN change p
  ON p.account_id = d.account_id AND p.run_id = d.run_id AND p.action = 'import'
  AND p.address = d.address AND p.fields_digest = c.fields_digest AND p.sync_id = c.sync_id
JOIN batch b
  ON b.account_id = d.account_id AND b.run_id = d.run_id AND b.kind = 'import'
  AND b.from_ord = d.ord AND b.to_ord = d.ord AND b.state = 'lost'
WHERE now.account_id = :account AND now.run_id = :run AND now.ord = :ord AND d.run_id < :run
