-- Identifies exactly these removals and address changes; an approval covers no others.
SELECT md5(string_agg(
  c.address || '|' || coalesce(c.former, array_to_string(l.names, ',')), ';'
  ORDER BY c.action DESC, c.address))
FROM change c
CROSS JOIN LATERAL (
  SELECT array_agg(t.name ORDER BY t.name) AS names
  FROM list t
  WHERE t.account_id = c.account_id AND t.list_no = ANY (c.lists)) l
WHERE c.account_id = :account AND c.run_id = :run AND c.action IN ('remove', 'move')
