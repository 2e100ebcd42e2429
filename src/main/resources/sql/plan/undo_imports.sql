-- The reversal of a run, its removals and updates: memberships come back, and fields that nobody has
-- changed since. Nobody who is unsubscribed is part of it (invariant 1).
INSERT INTO change (
  account_id, run_id, sync_id, action, address, member_key, updates, lists, others, fields_digest,
  weight)
SELECT :account, :run, :sync, 'import', b.address, b.member_key, b.fields IS NOT NULL, b.lists,
  b.others, b.digest, coalesce(octet_length(b.fields), 0) + octet_length(b.address) + 12
FROM (
  SELECT u.address, min(u.member_key) AS member_key, min(f.fields) AS fields,
    min(f.digest) AS digest,
    ARRAY(
      SELECT l.list_no
      FROM undone r
      CROSS JOIN LATERAL unnest(r.lists) AS l(list_no)
      JOIN list t ON t.account_id = :account AND t.list_no = l.list_no AND t.state = 'live'
      WHERE r.action = 'remove' AND r.address = u.address
        AND NOT EXISTS (
          SELECT FROM membership k
          WHERE k.account_id = :account AND k.address = u.address
            AND k.list_no = l.list_no)) AS lists,
    ARRAY(
      SELECT k.list_no
      FROM membership k
      WHERE k.account_id = :account AND k.address = u.address
        AND NOT EXISTS (
          SELECT FROM undone a
          WHERE a.action = 'import' AND a.address = u.address
            AND k.list_no = ANY (a.lists))) AS others
  FROM undone u
  JOIN contact c
    ON c.account_id = :account AND c.address = u.address AND NOT c.deleted
    AND c.permission <> 'unsubscribed'
  LEFT JOIN former_fields f
    ON u.action = 'import' AND u.updates AND f.account_id = :account
    AND f.digest = u.before_digest AND c.sent_digest = u.fields_digest
  GROUP BY u.address
) b
WHERE b.lists <> '{}' OR (b.fields IS NOT NULL AND b.others <> '{}')
