-- A member whose new address was another contact already: that one is the member's now, and the old
-- one is nobody's. Both are noted.
WITH merged AS (
  UPDATE contact c
  SET member_sync = NULL, member_key = NULL
  FROM change d
  JOIN contact b ON b.account_id = d.account_id AND b.address = d.address
  WHERE d.account_id = :account AND d.run_id = :run AND d.action = 'import'
    AND c.account_id = d.account_id AND c.member_sync = d.sync_id
    AND c.member_key = d.member_key AND c.address <> d.address AND NOT c.deleted
    AND b.member_key IS DISTINCT FROM d.member_key
    AND NOT EXISTS (
      SELECT FROM member n
      WHERE n.account_id = c.account_id AND n.address = c.address AND n.group_winner)
    AND NOT EXISTS (
      SELECT FROM change m
      WHERE m.account_id = d.account_id AND m.run_id = d.run_id AND m.action = 'move'
        AND m.contact_id = c.contact_id)
  RETURNING d.sync_id, d.member_key, c.address AS former, d.address, b.contact_id
)
INSERT INTO address_change (
  account_id, sync_id, member_key, former, address, kind, contact_id, run_id, at)
SELECT :account, sync_id, member_key, former, address, 'merged', contact_id, :run, now()
FROM merged
