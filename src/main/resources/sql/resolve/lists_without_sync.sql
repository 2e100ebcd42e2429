-- Lists of a sync that is no longer in the settings which no sync of the settings keeps.
SELECT DISTINCT t.name
FROM sync s
JOIN account a ON a.account_id = s.account_id
JOIN sync_group g ON g.account_id = s.account_id AND g.sync_id = s.sync_id AND g.selected
JOIN list t ON t.account_id = g.account_id AND t.list_no = g.list_no AND t.state = 'live'
WHERE s.name = :sync AND a.name || ' ' || s.name <> ALL (:present)
  AND NOT EXISTS (
    SELECT
    FROM sync_group o
    JOIN sync os ON os.account_id = o.account_id AND os.sync_id = o.sync_id
    WHERE o.account_id = g.account_id AND o.list_no = g.list_no AND o.selected
      AND a.name || ' ' || os.name = ANY (:present))
ORDER BY t.name
