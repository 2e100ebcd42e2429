-- A member whose new address was another contact already: that one is the member's now, and the old
-- one is nobody's. Both are noted. One step after the other, the few before the many: most contacts are
-- not concerned, and where a whole group has left, nobody can tell how many are anybody's.
WITH taken AS MATERIALIZED (
  SELECT d.sync_id, d.member_key, d.address, b.contact_id
  FROM change d
  JOIN contact b ON b.account_id = d.account_id AND b.address = d.address
  WHERE d.account_id = :account AND d.run_id = :run AND d.action = 'import'
    AND b.member_key IS DISTINCT FROM d.member_key
), left_behind AS MATERIALIZED (
  SELECT t.sync_id, t.member_key, c.address AS former, t.address, t.contact_id,
    c.contact_id AS former_id
  FROM taken t
  JOIN contact c ON c.account_id = :account AND c.member_sync = t.sync_id
    AND c.member_key = t.member_key AND c.address <> t.address AND NOT c.deleted
), nobodys AS MATERIALIZED (
  SELECT l.sync_id, l.member_key, l.former, l.address, l.contact_id
  FROM left_behind l
  WHERE NOT EXISTS (
      SELECT FROM member n
      WHERE n.account_id = :account AND n.address = l.former AND n.group_winner)
    AND NOT EXISTS (
      SELECT FROM change m
      WHERE m.account_id = :account AND m.run_id = :run AND m.action = 'move'
        AND m.contact_id = l.former_id)
), merged AS (
  UPDATE contact c
  SET member_sync = NULL, member_key = NULL
  FROM nobodys n
  WHERE c.account_id = :account AND c.address = n.former
  RETURNING n.sync_id, n.member_key, n.former, n.address, n.contact_id
)
INSERT INTO address_change (
  account_id, sync_id, member_key, former, address, kind, contact_id, run_id, at)
SELECT :account, sync_id, member_key, former, address, 'merged', contact_id, :run, now()
FROM merged
