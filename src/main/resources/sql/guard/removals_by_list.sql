-- Removals against what is on the list, per list; the guard judges these numbers.
SELECT t.name, count(*) AS memberships,
  count(*) FILTER (WHERE c.address IS NOT NULL) AS removals
FROM membership k
JOIN list t ON t.account_id = k.account_id AND t.list_no = k.list_no
LEFT JOIN change c
  ON c.account_id = k.account_id AND c.run_id = :run AND c.action = 'remove'
  AND c.address = k.address AND k.list_no = ANY (c.lists)
WHERE k.account_id = :account AND (k.owned OR :anyMembership)
GROUP BY t.name
ORDER BY t.name
