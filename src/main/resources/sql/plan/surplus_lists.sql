-- A contact is on so many lists at most: those that are left go first by name.
WITH crowded AS (
  SELECT c.address, a.most_lists - k.lists AS room
  FROM account a
  JOIN change c ON c.account_id = a.account_id
  CROSS JOIN LATERAL (
    SELECT count(*) AS lists FROM membership k
    WHERE k.account_id = c.account_id AND k.address = c.address) k
  WHERE a.account_id = :account AND c.run_id = :run AND c.action = 'import'
    -- with few lists nobody is looked at
    AND a.most_lists < (SELECT count(*) FROM list t WHERE t.account_id = :account)
    AND cardinality(c.lists) > a.most_lists - k.lists
), trimmed AS (
  UPDATE change c
  SET lists = ARRAY(
    SELECT l.list_no
    FROM (
      SELECT t.list_no
      FROM unnest(c.lists) AS u(list_no)
      JOIN list t ON t.account_id = :account AND t.list_no = u.list_no
      ORDER BY t.name
      LIMIT greatest(w.room, 0)) l
    ORDER BY l.list_no)
  FROM crowded w
  WHERE c.account_id = :account AND c.run_id = :run AND c.action = 'import'
    AND c.address = w.address AND (c.creates OR c.updates OR w.room > 0)
)
DELETE FROM change c
USING crowded w
WHERE c.account_id = :account AND c.run_id = :run AND c.action = 'import' AND c.address = w.address
  AND NOT c.creates AND NOT c.updates AND w.room <= 0
