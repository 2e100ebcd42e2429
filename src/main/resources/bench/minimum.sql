-- The fewest requests that could carry the difference between the two states, by the limits that
-- Constant Contact documents: 4 MB and 40,000 lines an import, 500 contacts a removal or a page.
-- Contacts that need exactly one list can only travel in imports for that list; everything has to
-- fit into the imports' bytes and lines.
WITH difference AS (
  SELECT coalesce(e.address, b.address) AS address,
    ARRAY(SELECT unnest(e.lists) EXCEPT SELECT unnest(b.lists)) AS missing,
    ARRAY(SELECT unnest(b.lists) EXCEPT SELECT unnest(e.lists)) AS leaving,
    e.address IS NOT NULL AND (e.first_name, e.last_name, e.company_name, e.job_title, e.phone,
        e.chapter)
      IS DISTINCT FROM (b.first_name, b.last_name, b.company_name, b.job_title, b.phone, b.chapter)
      AS fields,
    e.bytes
  FROM expected e
  FULL JOIN expected_before b ON b.address = e.address
), carried AS (
  SELECT missing, CASE WHEN fields THEN bytes ELSE octet_length(address) + 12 END + 1 AS bytes
  FROM difference
  WHERE fields OR missing <> '{}'
), singles AS (
  SELECT greatest(ceil(sum(bytes) / 4000000.0), ceil(count(*) / 39999.0)) AS imports
  FROM carried
  WHERE cardinality(missing) = 1
  GROUP BY missing
), lists AS (
  SELECT DISTINCT unnest(lists) AS list FROM expected
  EXCEPT
  SELECT DISTINCT unnest(lists) FROM expected_before
)
SELECT
  (SELECT count(*) FROM lists) AS lists,
  (SELECT greatest(coalesce((SELECT sum(imports) FROM singles), 0),
    coalesce(ceil(sum(bytes) / 4000000.0), 0), ceil(count(*) / 39999.0)) FROM carried) AS imports,
  (SELECT ceil(count(*) / 500.0) FROM difference WHERE leaving <> '{}') AS removals,
  (SELECT ceil(count(*) / 500.0) FROM difference
   WHERE fields OR missing <> '{}' OR leaving <> '{}') AS pages
