-- The eligible rows that share an affected address, and rows that lost one before.
CREATE TEMP TABLE candidate ON COMMIT DROP AS
SELECT m.member_key, m.group_name, m.address, m.rank, m.login, m.sort_name, m.parent_key,
  m.group_winner, m.contact_winner
FROM (
  SELECT m.address
  FROM affected a
  JOIN member m ON m.account_id = :account AND m.address = a.address
  WHERE m.sync_id = :sync AND m.present AND m.reason IS NULL
  GROUP BY m.address
  HAVING count(*) > 1 OR NOT bool_and(m.group_winner AND m.contact_winner)
) contested
JOIN member m ON m.account_id = :account AND m.address = contested.address
WHERE m.sync_id = :sync AND m.present AND m.reason IS NULL
