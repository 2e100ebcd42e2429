-- Addresses under which a member was known before.
INSERT INTO former_address (account_id, sync_id, member_key, address, left_at)
SELECT DISTINCT :account::int, :sync::int, m.member_key, d.old_address, now()
FROM delta d
JOIN member m
  ON m.account_id = :account AND m.sync_id = :sync
  AND m.member_key = d.member_key AND m.group_name = d.group_name
WHERE d.old_address IS NOT NULL AND m.address IS DISTINCT FROM d.old_address
ON CONFLICT (account_id, sync_id, member_key, address) DO UPDATE SET left_at = excluded.left_at
