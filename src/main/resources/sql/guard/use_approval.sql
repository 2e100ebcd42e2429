-- An approval covers exactly the removals that were shown. Once their delivery has begun, what is
-- left of them after an interruption is covered too.
UPDATE run a
SET decision = 'using'
WHERE a.account_id = :account AND a.sync_id = :sync
  AND (
    (a.decision = 'approved' AND a.removal_digest = :digest)
    OR (a.decision = 'using' AND NOT EXISTS (
      SELECT
      FROM change c
      WHERE c.account_id = :account AND c.run_id = :run AND c.action IN ('remove', 'move')
        AND NOT EXISTS (
          SELECT
          FROM change s
          WHERE s.account_id = :account AND s.run_id = a.run_id AND s.action = c.action
            AND s.address = c.address AND c.lists <@ s.lists))))
