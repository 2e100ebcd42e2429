SELECT t.name, b.run_id, b.at, b.at_provider, b.ours, b.by_hand, b.unsubscribed, b.erased
FROM list_balance b
JOIN list t ON t.account_id = b.account_id AND t.list_no = b.list_no
WHERE EXISTS (
  SELECT FROM sync_group g
  JOIN sync s ON s.account_id = g.account_id AND s.sync_id = g.sync_id
  WHERE g.account_id = b.account_id AND g.list_no = b.list_no AND s.name = :sync)
ORDER BY t.name
