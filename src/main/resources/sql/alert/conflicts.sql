-- Address conflicts of a sync that wait for somebody.
SELECT count(*)
FROM address_conflict f
JOIN sync y ON y.account_id = f.account_id AND y.sync_id = f.sync_id
JOIN account a ON a.account_id = y.account_id
WHERE a.name = :account AND y.name = :sync AND f.state = 'open'
