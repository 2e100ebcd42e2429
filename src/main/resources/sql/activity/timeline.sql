-- What one member did with campaigns, the newest first, a page at a time.
SELECT a.activity_no, :member::text AS member_key, a.kind, c.campaign_id,
  coalesce(c.name, '') AS campaign, a.at, l.url AS link,
  CASE a.kind WHEN 'bounce' THEN a.code END AS bounce_code,
  CASE a.kind WHEN 'opt_out' THEN a.code END AS reason, a.device
FROM sync s
JOIN activity a ON a.account_id = s.account_id
JOIN mailing m ON m.account_id = a.account_id AND m.mailing_no = a.mailing_no
JOIN campaign c ON c.account_id = m.account_id AND c.campaign_no = m.campaign_no
LEFT JOIN campaign_link l ON l.account_id = a.account_id AND l.link_no = a.link_no
WHERE s.name = :sync
  AND a.contact_no = ANY (ARRAY(
    SELECT w.contact_no
    FROM member_activity_contact w
    JOIN sync o ON o.account_id = w.account_id AND o.sync_id = w.sync_id
    WHERE o.name = :sync AND w.member_key = :member))
  AND a.at <= :at AND (a.at, a.activity_no) < (:at, :no)
ORDER BY a.at DESC, a.activity_no DESC
LIMIT :most
