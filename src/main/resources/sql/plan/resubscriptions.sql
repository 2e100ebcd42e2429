-- Members whose row gives fresh consent after the newest opt-out of their contact: the provider may be
-- asked to write to them, once per opt-out. The lists are all those on which the address is wanted.
INSERT INTO change (
  account_id, run_id, sync_id, action, address, contact_id, member_key, lists, others)
SELECT :account, :run, :sync, 'resubscribe', d.address, d.contact_id, d.member_key, l.lists, '{}'
FROM (
  SELECT DISTINCT ON (b.address) b.*
  FROM coming_back b
  WHERE b.account_id = :account AND b.sync_id = :sync
    AND b.due AND b.opt_in_at <= :now
    AND (:only::text[] IS NULL OR b.address = ANY (:only))
    AND (:group::text IS NULL OR b.group_name = :group)
    AND (:member::text IS NULL OR b.member_key = :member)
  ORDER BY b.address, b.opt_in_at DESC, b.member_key, b.group_name
) d
JOIN LATERAL (
  SELECT array_agg(DISTINCT g.list_no) AS lists
  FROM member m
  JOIN sync_group g
    ON g.account_id = m.account_id AND g.sync_id = m.sync_id AND g.group_name = m.group_name
  JOIN list t ON t.account_id = g.account_id AND t.list_no = g.list_no
    AND t.state NOT IN ('gone', 'refused')
  WHERE m.account_id = :account AND m.sync_id = :sync AND m.address = d.address AND m.group_winner
    AND (:group::text IS NULL OR m.group_name = :group)
) l ON l.lists IS NOT NULL
WHERE NOT EXISTS (
    SELECT
    FROM dead_letter f
    WHERE f.account_id = :account AND f.sync_id = :sync AND f.kind = 'resubscribe'
      AND f.payload = d.opt_out AND f.state <> 'replayed')
ON CONFLICT DO NOTHING
