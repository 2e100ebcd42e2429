-- What answers an opt-out is about the same members.
INSERT INTO consent_member (account_id, sync_id, consent_id, member_key)
SELECT e.account_id, o.sync_id, e.consent_id, o.member_key
FROM consent e
JOIN consent_member o
  ON o.account_id = e.account_id AND o.consent_id = e.opt_out AND o.sync_id = :sync
WHERE e.account_id = :account AND e.opt_out IS NOT NULL
  AND (:since::timestamptz IS NULL OR e.seen_at >= :since)
ORDER BY e.ord, o.member_key
ON CONFLICT DO NOTHING
