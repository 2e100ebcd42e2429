-- What of a run cannot be taken back, and why; the lines that apply to one member come together.
SELECT c.member_key, w.why
FROM change c
LEFT JOIN contact k ON k.account_id = c.account_id AND k.address = c.address
CROSS JOIN LATERAL (VALUES
  (CASE WHEN c.action = 'import' AND c.creates
    THEN 'the contact stays in the account, on none of these lists' END),
  (CASE WHEN c.action IN ('import', 'remove') AND k.permission = 'unsubscribed'
    THEN 'unsubscribed since; nothing is sent for this contact' END),
  (CASE WHEN c.action = 'import' AND c.updates AND k.permission <> 'unsubscribed'
      AND NOT EXISTS (
        SELECT FROM change u
        WHERE u.account_id = c.account_id AND u.run_id = :run AND u.action = 'import'
          AND u.updates AND u.fields_digest = c.before_digest)
    THEN 'its former fields are not known, or have been changed since' END),
  (CASE WHEN c.action = 'move' AND NOT EXISTS (
      SELECT FROM change b
      WHERE b.account_id = c.account_id AND b.run_id = :run AND b.action = 'move'
        AND b.contact_id = c.contact_id)
    THEN 'the former address cannot be given back: it is taken, or the contact has changed' END),
  (CASE WHEN c.action = 'resubscribe'
    THEN 'the person was asked to confirm, which cannot be taken back' END)
) AS w(why)
JOIN run r ON r.account_id = c.account_id AND r.run_id = c.run_id
WHERE c.run_id = :undone AND c.outcome IS NULL AND NOT c.held AND w.why IS NOT NULL
ORDER BY c.member_key, w.why
