-- A person who had opted out and is known again stays unsubscribed under every address.
INSERT INTO former_address (account_id, sync_id, member_key, address, left_at, opted_out)
SELECT s.account_id, s.sync_id, :key, '(before an erasure)', :now::timestamptz, true
FROM sync s
WHERE s.name = :sync
ON CONFLICT (account_id, sync_id, member_key, address) DO UPDATE SET opted_out = true
