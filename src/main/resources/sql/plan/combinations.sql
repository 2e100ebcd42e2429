-- The combinations of lists that the plan's contacts need. Addresses that are too long for an import are
-- no part of one. Of very many only the heaviest stand by themselves; the contacts of the others travel
-- list by list, and are given as if they needed each of their lists alone.
WITH combination AS MATERIALIZED (
  SELECT c.lists, CASE WHEN c.lists = '{}' THEN c.others ELSE '{}' END AS standing,
    count(*) AS count, sum(c.weight) AS whole_bytes, sum(octet_length(c.address) + 13) AS bare_bytes,
    row_number() OVER (ORDER BY sum(c.weight) DESC) AS place
  FROM change c
  WHERE c.account_id = :account AND c.run_id = :run AND c.action = 'import'
    AND length(c.address) <= :longest
  GROUP BY 1, 2
)
SELECT lists, standing, count, whole_bytes, bare_bytes
FROM combination
WHERE place <= 5000
UNION ALL
SELECT ARRAY[l.list_no], '{}', sum(count)::bigint, sum(whole_bytes)::bigint, sum(bare_bytes)::bigint
FROM combination
CROSS JOIN LATERAL unnest(lists) AS l(list_no)
WHERE place > 5000
GROUP BY l.list_no
UNION ALL
SELECT '{}', standing[1:1], sum(count)::bigint, sum(whole_bytes)::bigint, sum(bare_bytes)::bigint
FROM combination
WHERE place > 5000 AND standing <> '{}'
GROUP BY standing[1:1]
