-- First half of a renaming: the contacts of the plan's moves, and their memberships, leave their
-- addresses, so that swapped ones do not meet.
WITH parked AS (
  UPDATE membership k
  SET address = 'rollcall:' || m.contact_id
  FROM change m
  WHERE m.account_id = :account AND m.run_id = :run AND m.action = 'move'
    AND k.account_id = m.account_id
    AND k.address = CASE WHEN :back THEN m.address ELSE m.former END
)
UPDATE contact c
SET address = 'rollcall:' || c.contact_id
FROM change m
WHERE m.account_id = :account AND m.run_id = :run AND m.action = 'move'
  AND c.account_id = m.account_id AND c.contact_id = m.contact_id
  AND c.address = CASE WHEN :back THEN m.address ELSE m.former END
