-- Who unsubscribed and now comes with another address stays unsubscribed (invariant 1): under an
-- address the member had before, or as the person behind a contact. Of an address that another
-- member has now, an opt-out made after the change is that member's alone; once it has been counted
-- as this one's it stays so.
WITH opted_out AS (
  UPDATE former_address f
  SET opted_out = true
  FROM contact c
  WHERE f.account_id = :account AND f.sync_id = :sync AND NOT f.opted_out
    AND c.account_id = f.account_id AND c.address = f.address AND c.permission = 'unsubscribed'
    AND (c.opt_out_at IS NULL OR c.opt_out_at <= f.left_at + interval '10 minutes'
      OR NOT EXISTS (
        SELECT FROM member o
        WHERE o.account_id = f.account_id AND o.address = f.address AND o.present
          AND (o.sync_id, o.member_key) <> (f.sync_id, f.member_key)))
  RETURNING f.member_key, f.address
), former AS (
  SELECT member_key, address FROM opted_out
  UNION
  SELECT member_key, address FROM former_address
  WHERE account_id = :account AND sync_id = :sync AND opted_out
  UNION
  SELECT c.member_key, c.address
  FROM contact c
  WHERE c.account_id = :account AND c.member_sync = :sync AND c.permission = 'unsubscribed'
    AND NOT EXISTS (
      SELECT FROM member m
      WHERE m.account_id = c.account_id AND m.sync_id = c.member_sync
        AND m.member_key = c.member_key AND m.address = c.address AND m.present)
), carried AS (
  UPDATE member m
  SET reason = 'UNSUBSCRIBED_BEFORE', group_winner = false, contact_winner = false
  FROM former f
  WHERE m.account_id = :account AND m.sync_id = :sync AND m.member_key = f.member_key
    AND m.present AND m.reason IS NULL AND m.address <> f.address
  RETURNING m.address
)
INSERT INTO affected (address)
SELECT DISTINCT address FROM carried
