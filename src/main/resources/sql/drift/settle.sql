-- What the run did put right.
UPDATE drift e
SET repairs = o.applied,
  why = CASE
    WHEN o.applied THEN NULL
    WHEN o.held THEN 'waits for approval'
    ELSE coalesce(e.why, 'the run did not get to it; the next one does')
  END
FROM (
  SELECT d.drift_no,
    coalesce(bool_or(c.outcome IS NULL AND NOT c.held), false) AS applied,
    coalesce(bool_or(c.held), false) AS held
  FROM drift d
  LEFT JOIN change c
    ON c.account_id = d.account_id AND c.run_id = d.run_id
    AND c.address = coalesce(d.former, d.address)
    AND CASE d.kind
      WHEN 'contactGone' THEN c.action = 'import' AND c.creates
      WHEN 'membershipLost' THEN c.action = 'import' AND d.list_no = ANY (c.lists)
      WHEN 'membershipAdded' THEN c.action = 'remove' AND d.list_no = ANY (c.lists)
      WHEN 'fieldsChanged' THEN c.action = 'import' AND c.updates
      WHEN 'addressChanged' THEN c.action = 'move' AND c.contact_id = d.contact_id
      ELSE false
    END
  WHERE d.account_id = :account AND d.run_id = :run
  GROUP BY d.drift_no
) o
WHERE e.account_id = :account AND e.run_id = :run AND e.drift_no = o.drift_no
  AND (e.repairs OR o.applied OR o.held)
