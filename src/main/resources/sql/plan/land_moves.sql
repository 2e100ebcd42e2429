-- Second half: forth, to plan as if they had their new addresses, or back. A first name with a period
-- cannot go with an address change (Constant Contact), so it is sent again with all fields.
WITH landed AS (
  UPDATE membership k
  SET address = CASE WHEN :back THEN m.former ELSE m.address END
  FROM change m
  WHERE m.account_id = :account AND m.run_id = :run AND m.action = 'move'
    AND k.account_id = m.account_id AND k.address = 'rollcall:' || m.contact_id
)
UPDATE contact c
SET address = CASE WHEN :back THEN m.former ELSE m.address END,
  sent_digest = CASE
    WHEN w.fields::json ->> 'first_name' NOT LIKE '%.%'
      OR w.fields::json ->> 'first_name' IS NULL THEN c.sent_digest
  END
FROM change m
JOIN member w
  ON w.account_id = m.account_id AND w.sync_id = m.sync_id AND w.address = m.address
  AND w.contact_winner
WHERE m.account_id = :account AND m.run_id = :run AND m.action = 'move'
  AND c.account_id = m.account_id AND c.address = 'rollcall:' || m.contact_id
