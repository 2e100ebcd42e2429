-- What the run will put right, and why the rest is left as it is: the source counts for what a sync
-- owns, the provider for consent, and what nobody here made is not ours to change.
UPDATE drift d
SET repairs = o.repairs, why = CASE WHEN NOT o.repairs THEN o.why END
FROM (
  SELECT e.drift_no, v.*
  FROM drift e
  LEFT JOIN seen s ON s.address = e.address
  LEFT JOIN contact c ON c.account_id = e.account_id AND c.address = e.address
  CROSS JOIN LATERAL (
    SELECT coalesce(bool_or(m.sync_id = :sync), false) AS here, count(*) > 0 AS anywhere
    FROM member m
    JOIN sync_group g
      ON g.account_id = m.account_id AND g.sync_id = m.sync_id AND g.group_name = m.group_name
    WHERE m.account_id = :account AND m.address = e.address AND m.group_winner
      AND (e.list_no IS NULL OR g.list_no = e.list_no)
  ) w
  CROSS JOIN LATERAL (
    SELECT coalesce(s.unsubscribed AND NOT s.deleted, c.permission = 'unsubscribed', false) AS opted
  ) p
  CROSS JOIN LATERAL (
    SELECT
      CASE e.kind
        WHEN 'contactGone' THEN w.here AND NOT p.opted AND NOT :takesAway
        WHEN 'membershipLost' THEN w.here AND NOT p.opted AND NOT :takesAway
        WHEN 'membershipAdded' THEN NOT w.anywhere AND :takesAway
        WHEN 'fieldsChanged' THEN c.owner_sync = :sync AND NOT p.opted
        WHEN 'addressChanged' THEN c.address IS NULL AND e.member_key IS NOT NULL
          AND :conflicts = 'source'
        ELSE false
      END AS repairs,
      CASE e.kind
        WHEN 'permissionChanged' THEN 'for consent, the provider''s word counts'
        WHEN 'addressChanged' THEN CASE
          WHEN e.member_key IS NULL THEN 'no member is behind this contact'
          WHEN :conflicts = 'provider' THEN 'the provider''s address counts'
          ELSE 'somebody has to decide; see the address conflicts' END
        WHEN 'contactUnknown' THEN CASE
          WHEN w.anywhere THEN 'a member has this address, so the contact is adopted'
          ELSE 'made by hand, and stays' END
        WHEN 'membershipAdded' THEN CASE
          WHEN w.anywhere THEN 'a member belongs there, so the membership is adopted'
          ELSE 'made by hand, and stays' END
        ELSE CASE
          WHEN p.opted THEN 'the person opted out'
          WHEN NOT w.anywhere THEN 'no member asks for it'
          WHEN NOT w.here THEN 'it belongs to another sync, whose next run repairs it'
          WHEN :takesAway THEN 'this sync only takes away'
          ELSE 'it belongs to another sync' END
      END AS why
  ) v
  WHERE e.account_id = :account AND e.run_id = :run
) o
WHERE d.account_id = :account AND d.run_id = :run AND d.drift_no = o.drift_no
