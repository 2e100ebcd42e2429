-- How many contacts of a sync opted out since the last digest.
SELECT count(DISTINCT c.contact_id)
FROM consent c
JOIN consent_member m ON m.account_id = c.account_id AND m.consent_id = c.consent_id
JOIN sync y ON y.account_id = m.account_id AND y.sync_id = m.sync_id
JOIN account a ON a.account_id = y.account_id
WHERE a.name = :account AND y.name = :sync AND c.what = 'opt_out'
  AND c.seen_at > :since AND c.seen_at <= :now
