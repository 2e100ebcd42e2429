-- Whom a removal list names and the hub has never been given: kept as absent, so that a membership
-- which was made by hand is found by its address. Without groups of the sync, the row's own counts.
INSERT INTO member (
  account_id, sync_id, member_key, group_name, digest, present, address, address_since, email, reason,
  rank, login, fields, fields_digest, group_winner, contact_winner, named_gone)
SELECT DISTINCT ON (s.member_key, g.group_name)
  :account, :sync, s.member_key, g.group_name, 0, false, j.a, now(), j.e, NULL,
  5, false, '{}', 0, false, false, true
FROM ${staged} s
CROSS JOIN LATERAL json_to_record(s.data::json) AS j(a text, e text)
CROSS JOIN LATERAL (
  SELECT s.group_name WHERE s.group_name <> :none
  UNION
  SELECT t.group_name FROM sync_group t
  WHERE t.account_id = :account AND t.sync_id = :sync AND s.group_name = :none
  UNION
  SELECT s.group_name WHERE s.group_name = :none AND s.group_name <> ''
) g
WHERE j.a IS NOT NULL
  AND NOT EXISTS (
    SELECT FROM member m
    WHERE m.account_id = :account AND m.sync_id = :sync
      AND (m.member_key = s.member_key OR m.address = j.a AND m.group_name = g.group_name))
ON CONFLICT DO NOTHING
