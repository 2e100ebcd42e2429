-- Who lost an address to another member has the fields still that the contact carried then.
INSERT INTO former_fields (account_id, digest, fields, kept_at)
SELECT DISTINCT ON (m.fields_digest) m.account_id, m.fields_digest, m.fields, now()
FROM member m
WHERE m.account_id = :account
  AND m.fields_digest IN (SELECT u.before_digest FROM undone u WHERE u.updates)
ON CONFLICT DO NOTHING
