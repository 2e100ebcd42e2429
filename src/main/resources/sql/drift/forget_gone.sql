-- A whole reading did not contain them: they are gone for good, and are made again when wanted. Who
-- opted out stays known, or they would be subscribed as if nobody knew them (invariant 1).
WITH kept AS (
  UPDATE contact c
  SET deleted = true
  WHERE c.account_id = :account AND c.permission = 'unsubscribed' AND NOT c.deleted
    AND NOT EXISTS (SELECT FROM seen s WHERE s.address = c.address)
), gone AS (
  DELETE FROM contact c
  WHERE c.account_id = :account AND c.permission <> 'unsubscribed'
    AND NOT EXISTS (SELECT FROM seen s WHERE s.address = c.address)
)
DELETE FROM membership k
WHERE k.account_id = :account
  AND NOT EXISTS (SELECT FROM seen s WHERE s.address = k.address)
