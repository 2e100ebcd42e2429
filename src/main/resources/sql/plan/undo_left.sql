-- What of a run cannot be taken back: each reason with how often it applies, and to whom first.
WITH stays AS (
  SELECT c.member_key, w.why,
    count(*) OVER (PARTITION BY w.why) AS times,
    row_number() OVER (PARTITION BY w.why ORDER BY c.member_key) AS place
  FROM change c
  -- the contact may have its former address again
  LEFT JOIN change m
    ON m.account_id = c.account_id AND m.run_id = c.run_id AND m.action = 'move'
    AND m.address = c.address
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
            AND u.address IN (c.address, m.former)
            AND u.updates AND u.fields_digest = c.before_digest)
      THEN 'its former fields are not known, or have been changed since' END),
    (CASE WHEN c.action = 'move' AND NOT EXISTS (
        SELECT FROM change b
        WHERE b.account_id = c.account_id AND b.run_id = :run AND b.action = 'move'
          AND b.address = c.former AND b.contact_id = c.contact_id)
      THEN 'the former address cannot be given back: it is taken, or the contact has changed' END),
    (CASE WHEN c.action = 'resubscribe'
      THEN 'the person was asked to confirm, which cannot be taken back' END)
  ) AS w(why)
  JOIN run r ON r.account_id = c.account_id AND r.run_id = c.run_id
  WHERE c.run_id = :undone AND c.outcome IS NULL AND NOT c.held AND w.why IS NOT NULL
)
SELECT why, times, array_agg(member_key ORDER BY place) AS first
FROM stays
WHERE place <= :most
GROUP BY why, times
ORDER BY times DESC, why
