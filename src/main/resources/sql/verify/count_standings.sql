-- Counts every group once and notes who is neither synced nor left out by the rules. Only differences
-- are written.
WITH now AS MATERIALIZED (
  SELECT v.group_name, v.member_key, v.status, v.at
  FROM member_status v
  WHERE v.account_id = :account AND v.sync_id = :sync AND v.group_name <> ''
), counted AS (
  SELECT n.group_name,
    count(*) AS members,
    count(*) FILTER (WHERE n.status = 'synced') AS synced,
    count(*) FILTER (WHERE n.status = 'pending') AS pending,
    count(*) FILTER (WHERE n.status = 'sending') AS sending,
    count(*) FILTER (WHERE n.status = 'unsubscribed') AS unsubscribed,
    count(*) FILTER (WHERE n.status = 'failed') AS failed,
    count(*) FILTER (WHERE n.status = 'held') AS held,
    count(*) FILTER (WHERE n.status = 'not applicable') AS not_applicable,
    max(n.at) FILTER (WHERE n.status = 'synced') AS confirmed_at
  FROM now n
  GROUP BY n.group_name
), told AS (
  INSERT INTO group_standing AS s
  SELECT :account, :sync, c.* FROM counted c
  ON CONFLICT (account_id, sync_id, group_name) DO UPDATE SET
    members = excluded.members, synced = excluded.synced, pending = excluded.pending,
    sending = excluded.sending, unsubscribed = excluded.unsubscribed, failed = excluded.failed,
    held = excluded.held, not_applicable = excluded.not_applicable,
    confirmed_at = excluded.confirmed_at
  WHERE s IS DISTINCT FROM excluded
), gone AS (
  DELETE FROM group_standing s
  WHERE s.account_id = :account AND s.sync_id = :sync
    AND NOT EXISTS (SELECT FROM counted c WHERE c.group_name = s.group_name)
), past AS (
  DELETE FROM outstanding o
  WHERE o.account_id = :account AND o.sync_id = :sync
    AND NOT EXISTS (
      SELECT FROM now n
      WHERE n.group_name = o.group_name AND n.member_key = o.member_key AND n.status = o.status)
)
INSERT INTO outstanding (account_id, sync_id, group_name, status, member_key)
SELECT :account, :sync, n.group_name, n.status, n.member_key
FROM now n
WHERE n.status IN ('pending', 'sending', 'unsubscribed', 'failed', 'held')
ON CONFLICT DO NOTHING
