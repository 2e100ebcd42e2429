-- What members had before, so that a run can be undone.
INSERT INTO former_fields (account_id, digest, fields, kept_at)
SELECT DISTINCT ON (m.fields_digest) m.account_id, m.fields_digest, m.fields, now()
FROM ${changed} d
JOIN member m
  ON m.account_id = :account AND m.sync_id = :sync
  AND m.member_key = d.member_key AND m.group_name = d.group_name
WHERE m.reason IS NULL
ON CONFLICT (account_id, digest) DO UPDATE SET kept_at = excluded.kept_at
