-- Open dead letters by sync, and which of them have not been told.
SELECT a.name AS account, y.name AS sync, count(*) AS open,
  count(*) FILTER (WHERE d.fresh) AS fresh,
  min(d.at) FILTER (WHERE d.fresh) AS oldest,
  max(d.at) FILTER (WHERE d.fresh) AS newest,
  max(d.dead_letter_id) AS last
FROM (
  SELECT l.account_id, l.sync_id, l.dead_letter_id, l.at,
    l.dead_letter_id > coalesce(t.mark, 0) AS fresh
  FROM dead_letter l
  JOIN sync ly ON ly.account_id = l.account_id AND ly.sync_id = l.sync_id
  JOIN account la ON la.account_id = l.account_id
  LEFT JOIN alert t
    ON t.account_name = la.name AND t.kind = 'dead letters' AND t.subject = ly.name
  WHERE l.state = 'open'
) d
JOIN sync y ON y.account_id = d.account_id AND y.sync_id = d.sync_id
JOIN account a ON a.account_id = d.account_id
GROUP BY a.name, y.name
ORDER BY y.name
