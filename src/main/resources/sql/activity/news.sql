-- Of which campaigns there is something to read: more was counted than is accounted for, a mailing was
-- never read, or a reading is under way.
SELECT c.campaign_no, c.campaign_id, k.kind, k.tries,
  c.known_at IS DISTINCT FROM c.sent_at AS unknown,
  k.events IS NOT NULL AS exact,
  greatest(1, CASE WHEN k.events IS NULL THEN k.contacts - k.seen_contacts
    ELSE k.events - k.held - k.missing END) AS expected
FROM campaign c
JOIN campaign_kind k ON k.account_id = c.account_id AND k.campaign_no = c.campaign_no
WHERE c.account_id = :account AND c.sent_at >= :oldest::timestamptz AND NOT c.gone
  AND (
    CASE WHEN k.events IS NULL THEN k.contacts > k.seen_contacts
      ELSE k.events > k.held + k.missing END
    OR k.contacts > 0 AND (c.known_at IS DISTINCT FROM c.sent_at OR EXISTS (
      SELECT
      FROM mailing m
      LEFT JOIN reading r
        ON r.account_id = m.account_id AND r.mailing_no = m.mailing_no AND r.kind = k.kind
      WHERE m.account_id = c.account_id AND m.campaign_no = c.campaign_no
        AND (r.mark IS NULL OR r.next IS NOT NULL))))
ORDER BY c.sent_at DESC, c.campaign_no DESC, k.kind
