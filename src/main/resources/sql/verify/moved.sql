-- A contact that now carries another address: what was known under the old one is gone.
WITH moved AS (
  DELETE FROM contact c
  USING seen s
  WHERE c.account_id = :account AND c.contact_id = s.contact_id AND c.address <> s.address
  RETURNING c.address
)
DELETE FROM membership k
USING moved m
WHERE k.account_id = :account AND k.address = m.address
