-- Counts, for every membership that this whole run would remove, since when and for how many runs
-- it has not been wanted; what is wanted again starts anew.
WITH unwanted AS (
  SELECT unnest(c.lists) AS list_no, c.address
  FROM change c
  WHERE c.account_id = :account AND c.run_id = :run AND c.action = 'remove'
), wanted_again AS (
  DELETE FROM leaving l
  WHERE l.account_id = :account AND l.sync_id = :sync
    AND NOT EXISTS (
      SELECT FROM unwanted u WHERE u.list_no = l.list_no AND u.address = l.address)
)
INSERT INTO leaving AS l (account_id, sync_id, list_no, address, since, runs)
SELECT :account, :sync, u.list_no, u.address, :now, 0
FROM unwanted u
ON CONFLICT (account_id, sync_id, list_no, address) DO UPDATE SET runs = l.runs + 1
