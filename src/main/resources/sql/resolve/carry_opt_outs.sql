-- Who unsubscribed under one address and now comes with another stays unsubscribed (invariant 1).
WITH carried AS (
  UPDATE member m
  SET reason = 'UNSUBSCRIBED_BEFORE', group_winner = false, contact_winner = false
  FROM former_address f
  JOIN contact c
    ON c.account_id = f.account_id AND c.address = f.address AND c.permission = 'unsubscribed'
  WHERE f.account_id = :account AND f.sync_id = :sync
    AND m.account_id = f.account_id AND m.sync_id = f.sync_id AND m.member_key = f.member_key
    AND m.present AND m.reason IS NULL AND m.address <> f.address
  RETURNING m.address
)
INSERT INTO affected (address)
SELECT DISTINCT address FROM carried
