-- Whether contacts that were never sent carry what their member's row says.
UPDATE contact c
SET differs = EXISTS (
  SELECT
  FROM json_each_text(w.fields::json) AS ours
  LEFT JOIN json_each_text(s.fields::json) AS theirs ON theirs.key = ours.key
  WHERE ours.key IN ('first_name', 'last_name', 'company_name', 'job_title')
    AND theirs.value IS DISTINCT FROM ours.value)
FROM seen s
JOIN member w ON w.account_id = :account AND w.address = s.address AND w.contact_winner
WHERE c.account_id = :account AND c.address = s.address AND NOT s.deleted
  AND c.sent_digest IS NULL AND c.owner_sync IS NULL
