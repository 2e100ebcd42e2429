-- What a member did, or what was done with a campaign, the newest first.
SELECT o.member_key, a.kind, c.campaign_id, coalesce(c.name, '') AS campaign, a.at, l.url AS link,
  CASE a.kind WHEN 'bounce' THEN a.code END AS bounce_code,
  CASE a.kind WHEN 'opt_out' THEN a.code END AS reason, a.device, a.activity_no
FROM sync s
JOIN activity a ON a.account_id = s.account_id
JOIN mailing m ON m.account_id = a.account_id AND m.mailing_no = a.mailing_no
JOIN campaign c ON c.account_id = m.account_id AND c.campaign_no = m.campaign_no
LEFT JOIN campaign_link l ON l.account_id = a.account_id AND l.link_no = a.link_no
LEFT JOIN member_activity_contact o
  ON o.account_id = a.account_id AND o.sync_id = s.sync_id AND o.contact_no = a.contact_no
WHERE s.name = :sync
  AND (:member::text IS NULL OR a.contact_no IN (
    SELECT w.contact_no
    FROM member_activity_contact w
    WHERE w.account_id = s.account_id AND w.sync_id = s.sync_id AND w.member_key = :member))
  AND (:member::text IS NULL OR o.member_key = :member)
  AND (:campaign::text IS NULL OR c.campaign_id = :campaign)
  AND (:since::timestamptz IS NULL OR a.at >= :since)
  AND (:beforeAt::timestamptz IS NULL
    OR (a.at, a.activity_no) < (:beforeAt::timestamptz, :beforeNo::bigint)
    OR (a.at, a.activity_no) = (:beforeAt::timestamptz, :beforeNo::bigint)
      AND coalesce(o.member_key, '') > :beforeMember::text)
ORDER BY a.at DESC, a.activity_no DESC, coalesce(o.member_key, '')
LIMIT :most::bigint
