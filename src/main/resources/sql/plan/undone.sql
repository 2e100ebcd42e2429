-- What the run did, by the addresses that its contacts have once their address changes are taken
-- back.
CREATE TEMP TABLE undone ON COMMIT DROP AS
SELECT c.action, coalesce(b.address, c.address) AS address, c.member_key, c.creates, c.updates,
  c.lists, c.fields_digest, c.before_digest
FROM change c
LEFT JOIN change b
  ON b.account_id = c.account_id AND b.run_id = :run AND b.action = 'move' AND b.former = c.address
WHERE c.account_id = :account AND c.run_id = :undone AND c.action IN ('import', 'remove')
  AND c.outcome IS NULL AND NOT c.held
