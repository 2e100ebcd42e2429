-- The campaigns of a sync's account, the newest first, with what was read of each.
SELECT c.campaign_id, coalesce(c.name, '(not read yet)') AS name, c.sent_at, c.complaints,
  jsonb_object_agg(k.kind, k.contacts) AS contacts, sum(k.held) AS held
FROM sync s
JOIN campaign c ON c.account_id = s.account_id
JOIN campaign_kind k ON k.account_id = c.account_id AND k.campaign_no = c.campaign_no
WHERE s.name = :sync AND (:since::timestamptz IS NULL OR c.sent_at >= :since)
GROUP BY c.campaign_id, c.name, c.sent_at, c.complaints
ORDER BY c.sent_at DESC, c.campaign_id
