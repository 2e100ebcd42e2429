UPDATE dead_letter d
SET state = :state, settled_at = :now
FROM sync s
WHERE d.dead_letter_id = :id AND d.state = 'open'
  AND s.account_id = d.account_id AND s.sync_id = d.sync_id
RETURNING s.name
