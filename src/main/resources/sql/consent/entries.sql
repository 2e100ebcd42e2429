-- The id is the one under which an entry is handed over: an entry may be about several members.
SELECT e.consent_id || ':' || k.member_key AS id, e.opt_out || ':' || k.member_key AS opt_out_id,
  k.member_key, e.*, k.handed_at
FROM sync s
JOIN consent_member k ON k.account_id = s.account_id AND k.sync_id = s.sync_id
JOIN consent e ON e.account_id = k.account_id AND e.consent_id = k.consent_id
WHERE s.name = :sync
  AND (:member::text IS NULL OR k.member_key = :member)
  AND (:since::timestamptz IS NULL OR e.at >= :since)
  AND (:afterOrd::bigint IS NULL
    OR (e.ord, k.member_key) > (:afterOrd::bigint, :afterMember::text))
ORDER BY e.ord, k.member_key
LIMIT :most::bigint
