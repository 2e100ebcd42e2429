-- Contacts that carry other fields than those last confirmed. A field that the source leaves empty
-- is the provider's own, a long one may have been cut, and a column that became no custom field is
-- none. A provider may write telephone numbers, addresses, dates and custom fields in a way of its
-- own: what came back the same after it had been sent again is taken for that.
INSERT INTO drift (account_id, run_id, kind, address, contact_id, member_key, detail, rendering)
SELECT :account, :run, 'fieldsChanged', c.address, s.contact_id, w.member_key, f.differing,
  f.rendering
FROM contact c
JOIN member w
  ON w.account_id = c.account_id AND w.sync_id = c.owner_sync AND w.address = c.address
  AND w.contact_winner AND w.fields_digest = c.sent_digest
JOIN seen s ON s.address = c.address AND NOT s.deleted
CROSS JOIN LATERAL (
  SELECT
    string_agg(replace(replace(ours.key, 'cf:', ''), '_', ' '), ', ' ORDER BY ours.key)
      AS differing,
    CASE WHEN NOT bool_or(v.core) THEN hashtextextended(
      string_agg(concat_ws(chr(1), ours.key, ours.value, theirs.value), chr(2) ORDER BY ours.key),
      0) END AS rendering
  FROM json_each_text(w.fields::json) AS ours
  CROSS JOIN LATERAL (
    SELECT
      CASE ours.key WHEN 'birthday' THEN right(ours.value, 5) ELSE ours.value END AS right_one,
      CASE WHEN starts_with(ours.key, 'cf:')
        THEN 'cf:' || regexp_replace(lower(substr(ours.key, 4)), '[\s_-]+', '_', 'g')
        ELSE ours.key END AS name,
      ours.key IN ('first_name', 'last_name', 'company_name', 'job_title', 'birthday') AS core
  ) v
  LEFT JOIN json_each_text(s.fields::json) AS theirs ON theirs.key = v.name
  WHERE theirs.value IS DISTINCT FROM v.right_one
    AND NOT coalesce(length(theirs.value) >= 25 AND starts_with(v.right_one, theirs.value), false)
    AND NOT EXISTS (
      SELECT
      FROM dead_letter d
      WHERE d.account_id = c.account_id AND d.kind = 'field' AND d.state <> 'replayed'
        AND 'cf:' || d.payload = ours.key)
) f
WHERE c.account_id = :account AND NOT c.deleted AND f.differing IS NOT NULL
  AND NOT EXISTS (
    SELECT
    FROM drift e
    WHERE e.account_id = c.account_id AND e.kind = 'fieldsChanged' AND e.address = c.address
      AND e.repairs AND e.run_id <> :run AND e.rendering = f.rendering)
