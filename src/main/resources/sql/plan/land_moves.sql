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
  sent_digest = CASE WHEN NOT EXISTS (
    SELECT FROM member w
    WHERE w.account_id = m.account_id AND w.sync_id = m.sync_id AND w.member_key = m.member_key
      AND w.contact_winner AND w.fields::json ->> 'first_name' LIKE '%.%') THEN c.sent_digest END
FROM change m
WHERE m.account_id = :account AND m.run_id = :run AND m.action = 'move'
  AND c.account_id = m.account_id AND c.address = 'rollcall:' || m.contact_id
