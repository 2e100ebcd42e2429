-- Contacts that carry other fields than those last confirmed. A field that the source leaves empty
-- is the provider's own, and a long one may have been cut.
INSERT INTO drift (account_id, run_id, kind, address, contact_id, member_key, detail)
SELECT :account, :run, 'fieldsChanged', c.address, s.contact_id, w.member_key, f.differing
FROM contact c
JOIN member w
  ON w.account_id = c.account_id AND w.sync_id = c.owner_sync AND w.address = c.address
  AND w.contact_winner AND w.fields_digest = c.sent_digest
JOIN seen s ON s.address = c.address AND NOT s.deleted
CROSS JOIN LATERAL (
  SELECT string_agg(replace(ours.key, '_', ' '), ', ' ORDER BY ours.key) AS differing
  FROM json_each_text(w.fields::json) AS ours
  LEFT JOIN json_each_text(s.fields::json) AS theirs ON theirs.key = ours.key
  CROSS JOIN LATERAL (
    SELECT CASE ours.key WHEN 'birthday' THEN right(ours.value, 5) ELSE ours.value END AS right_one
  ) v
  WHERE ours.key IN ('first_name', 'last_name', 'company_name', 'job_title', 'birthday')
    AND theirs.value IS DISTINCT FROM v.right_one
    AND NOT coalesce(length(theirs.value) >= 25 AND starts_with(v.right_one, theirs.value), false)
) f
WHERE c.account_id = :account AND NOT c.deleted AND f.differing IS NOT NULL
