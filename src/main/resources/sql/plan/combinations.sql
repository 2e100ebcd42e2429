-- The combinations of lists that the plan's contacts need, heaviest first. Addresses that are too long
-- for an import are no part of one.
SELECT c.lists, CASE WHEN c.lists = '{}' THEN c.others ELSE '{}' END AS standing,
  count(*) AS count, sum(c.weight) AS whole_bytes, sum(octet_length(c.address) + 13) AS bare_bytes
FROM change c
WHERE c.account_id = :account AND c.run_id = :run AND c.action = 'import'
  AND length(c.address) <= :longest
GROUP BY 1, 2
ORDER BY sum(c.weight) DESC
LIMIT 5000
