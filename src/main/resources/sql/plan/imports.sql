-- Set difference, the adding half: contacts to create or update, memberships to add.
-- Nobody who is unsubscribed is part of it (invariant 1); a record refused for good is not sent
-- again until it changes (invariant 9).
INSERT INTO change (
  account_id, run_id, sync_id, action, address, member_key, creates, updates, lists, others,
  fields_digest, before_digest, weight)
SELECT :account, :run, :sync, 'import', w.address, w.member_key,
  c.address IS NULL OR c.deleted,
  c.address IS NOT NULL AND NOT c.deleted AND owns AND c.sent_digest IS DISTINCT FROM w.fields_digest,
  coalesce(l.missing, '{}'), coalesce(l.standing, '{}'),
  w.fields_digest, c.sent_digest, octet_length(w.fields) + octet_length(w.address) + 12
FROM member w
JOIN (
  SELECT m.address,
    array_agg(DISTINCT g.list_no) FILTER (WHERE k.address IS NULL) AS missing,
    array_agg(DISTINCT g.list_no) FILTER (WHERE k.address IS NOT NULL) AS standing
  FROM member m
  JOIN sync_group g
    ON g.account_id = m.account_id AND g.sync_id = m.sync_id AND g.group_name = m.group_name
  JOIN list t ON t.account_id = g.account_id AND t.list_no = g.list_no
    AND t.state NOT IN ('gone', 'refused')
  LEFT JOIN membership k
    ON k.account_id = m.account_id AND k.list_no = g.list_no AND k.address = m.address
  WHERE m.account_id = :account AND m.sync_id = :sync AND m.group_winner
    AND (:only::text[] IS NULL OR m.address = ANY (:only))
    AND (:group::text IS NULL OR m.group_name = :group)
  GROUP BY m.address
) l ON l.address = w.address
LEFT JOIN contact c ON c.account_id = w.account_id AND c.address = w.address
CROSS JOIN LATERAL (SELECT c.owner_sync IS NULL OR c.owner_sync = :sync) AS o(owns)
WHERE w.account_id = :account AND w.sync_id = :sync AND w.contact_winner
  AND (:only::text[] IS NULL OR w.address = ANY (:only))
  AND (c.address IS NULL OR c.deleted OR l.missing IS NOT NULL
    OR (owns AND c.sent_digest IS DISTINCT FROM w.fields_digest))
  AND c.permission IS DISTINCT FROM 'unsubscribed'
  AND NOT EXISTS (
    SELECT FROM failure f
    WHERE f.account_id = w.account_id AND f.sync_id = w.sync_id AND f.address = w.address
      AND f.fields_digest = w.fields_digest)
