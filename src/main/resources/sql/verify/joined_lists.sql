-- Memberships that the provider holds, ours when a sync wants them, which a dry run does not decide.
-- Also ours are those that the run asked for which this reading settles, and those that a run of the
-- last day asked for without seeing them come, be it only along with new fields: the source may have
-- changed its mind since.
INSERT INTO membership AS k (account_id, list_no, address, owned, confirmed_at, adopted)
SELECT DISTINCT :account::int, t.list_no, s.address, o.wanted OR o.asked, :now::timestamptz,
  o.wanted AND NOT o.asked
FROM seen s
CROSS JOIN LATERAL unnest(string_to_array(s.lists, ',')) AS l(provider_id)
JOIN list t
  ON t.account_id = :account AND coalesce(t.provider_id, t.met_id) = l.provider_id
CROSS JOIN LATERAL (
  SELECT
    :claims AND EXISTS (
      SELECT
      FROM member w
      JOIN sync_group g
        ON g.account_id = w.account_id AND g.sync_id = w.sync_id AND g.group_name = w.group_name
      WHERE w.account_id = :account AND w.address = s.address AND g.list_no = t.list_no
        AND w.group_winner) AS wanted,
    EXISTS (
      SELECT
      FROM change d
      WHERE d.account_id = :account AND d.run_id = :run AND d.action = 'import'
        AND d.address = s.address AND t.list_no = ANY (d.lists))
    OR EXISTS (
      SELECT
      FROM run r
      JOIN change d
        ON d.account_id = r.account_id AND d.run_id = r.run_id AND d.action = 'import'
        AND d.address = s.address
      WHERE r.account_id = :account AND r.started_at > :now::timestamptz - interval '1 day'
        AND d.outcome IN ('waiting', 'unseen') AND t.list_no = ANY (d.lists || d.others)) AS asked
) o
WHERE NOT s.deleted
ON CONFLICT DO NOTHING
