-- Memberships whose grace is not over stay; the contact is spared, or at least on these lists.
WITH unripe AS (
  SELECT c.address, array_agg(u.list_no) AS lists
  FROM change c
  CROSS JOIN LATERAL unnest(c.lists) AS u(list_no)
  LEFT JOIN leaving l
    ON l.account_id = c.account_id AND l.sync_id = :sync AND l.list_no = u.list_no
    AND l.address = c.address
  WHERE c.account_id = :account AND c.run_id = :run AND c.action = 'remove'
    AND (l.since IS NULL OR l.runs < :runs
      OR l.since > :now::timestamptz - :days * interval '1 day')
  GROUP BY c.address
), spared AS (
  DELETE FROM change c
  USING unripe u
  WHERE c.account_id = :account AND c.run_id = :run AND c.action = 'remove'
    AND c.address = u.address AND c.lists <@ u.lists
)
UPDATE change c
SET lists = ARRAY(SELECT unnest(c.lists) EXCEPT SELECT unnest(u.lists)),
  others = c.others || u.lists
FROM unripe u
WHERE c.account_id = :account AND c.run_id = :run AND c.action = 'remove'
  AND c.address = u.address AND NOT c.lists <@ u.lists
