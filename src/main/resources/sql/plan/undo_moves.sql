-- The reversal of a run, its address changes: each contact that has the new address still gets the
-- former one back, unless another contact has it now. Where one of them waits for another, weight 0
-- has all of them parked.
WITH applied AS (
  SELECT c.*
  FROM change c
  JOIN contact k
    ON k.account_id = c.account_id AND k.contact_id = c.contact_id AND k.address = c.address
  WHERE c.account_id = :account AND c.run_id = :undone AND c.action = 'move'
    AND c.outcome IS NULL AND NOT k.deleted AND k.permission <> 'unsubscribed'
), back AS (
  SELECT a.*
  FROM applied a
  WHERE NOT EXISTS (
      SELECT FROM contact o WHERE o.account_id = a.account_id AND o.address = a.former)
    OR EXISTS (SELECT FROM applied o WHERE o.address = a.former)
)
INSERT INTO change (
  account_id, run_id, sync_id, action, address, former, contact_id, member_key, lists, others,
  weight)
SELECT :account, :run, :sync, 'move', b.former, b.address, b.contact_id, b.member_key, '{}', '{}',
  CASE WHEN EXISTS (SELECT FROM back x JOIN back y ON x.former = y.address) THEN 0 ELSE 1 END
FROM back b
