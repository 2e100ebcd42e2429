SELECT k.member_key, e.*, k.handed_at
FROM sync s
JOIN consent_member k ON k.account_id = s.account_id AND k.sync_id = s.sync_id
JOIN consent e ON e.account_id = k.account_id AND e.consent_id = k.consent_id
WHERE s.name = :sync
  AND (:member::text IS NULL OR k.member_key = :member)
  AND (:since::timestamptz IS NULL OR e.at >= :since)
ORDER BY e.at, e.ord, k.member_key
