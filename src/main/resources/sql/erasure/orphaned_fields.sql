-- Former fields name nobody: once nothing refers to their digest any more, they are nobody's.
DELETE FROM former_fields f
WHERE NOT EXISTS (SELECT FROM member m WHERE m.fields_digest = f.digest)
  AND NOT EXISTS (SELECT FROM contact c WHERE c.sent_digest = f.digest)
  AND NOT EXISTS (SELECT FROM change c WHERE c.fields_digest = f.digest)
  AND NOT EXISTS (SELECT FROM change c WHERE c.before_digest = f.digest)
