-- Puts the plan's contacts in the order in which they leave. A contact whose lists have no parcel of
-- their own travels list by list: whole with the list that carries most, by address with the others.
-- A contact whose fields alone changed travels with one of the lists it is on.
INSERT INTO dispatch (account_id, run_id, ord, parcel, address, whole)
SELECT :account, :run, row_number() OVER (ORDER BY parcel, address), parcel, address, whole
FROM (
  SELECT p.parcel, c.address, true AS whole
  FROM change c
  JOIN own_parcel p ON p.lists = c.lists
  WHERE c.account_id = :account AND c.run_id = :run AND c.action = 'import'
    AND length(c.address) <= :longest
  UNION ALL
  SELECT s.parcel, c.address,
    (c.creates OR c.updates) AND s.parcel = min(s.parcel) OVER (PARTITION BY c.address) AS whole
  FROM change c
  CROSS JOIN LATERAL unnest(c.lists) AS l(list_no)
  JOIN single_parcel s ON s.list_no = l.list_no
  WHERE c.account_id = :account AND c.run_id = :run AND c.action = 'import'
    AND length(c.address) <= :longest
    AND NOT EXISTS (SELECT FROM own_parcel p WHERE p.lists = c.lists)
  UNION ALL
  SELECT min(s.parcel), c.address, true
  FROM change c
  CROSS JOIN LATERAL unnest(c.others) AS o(list_no)
  JOIN single_parcel s ON s.list_no = o.list_no
  WHERE c.account_id = :account AND c.run_id = :run AND c.action = 'import'
    AND length(c.address) <= :longest AND c.lists = '{}'
  GROUP BY c.address
  UNION ALL
  -- too long for an import: sent by itself
  SELECT -1, c.address, true
  FROM change c
  WHERE c.account_id = :account AND c.run_id = :run AND c.action = 'import'
    AND length(c.address) > :longest AND length(c.address) <= :longestOfAll
) sent
