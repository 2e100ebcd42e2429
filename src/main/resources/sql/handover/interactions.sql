-- Activities that the sync's interactions route has not had yet. The id is made of what tells two
-- activities apart, so that it stays the same when the hub's state is lost and everything read anew.
SELECT i.ord, i.attempts,
  md5(concat_ws(' ', k.contact_id, m.mailing_id, a.kind,
    (extract(epoch FROM a.at) * 1000)::bigint, l.url_id, a.nth)) || ':' || i.member_key AS id,
  a.kind AS what, i.member_key, c.name AS campaign, c.campaign_id, a.at, l.url AS link,
  CASE a.kind WHEN 'bounce' THEN a.code END AS bounce_code,
  CASE a.kind WHEN 'opt_out' THEN a.code END AS reason, a.device
FROM interaction i
JOIN activity a
  ON a.account_id = i.account_id AND a.at = i.at AND a.activity_no = i.activity_no
JOIN activity_contact k ON k.account_id = a.account_id AND k.contact_no = a.contact_no
JOIN mailing m ON m.account_id = a.account_id AND m.mailing_no = a.mailing_no
JOIN campaign c ON c.account_id = m.account_id AND c.campaign_no = m.campaign_no
LEFT JOIN campaign_link l ON l.account_id = a.account_id AND l.link_no = a.link_no
LEFT JOIN dead_letter d ON d.account_id = i.account_id AND d.dead_letter_id = i.dead_letter
WHERE i.account_id = :account AND i.sync_id = :sync AND i.handed_at IS NULL AND i.ord > :after
  AND (i.dead_letter IS NULL OR d.state = 'replayed')
ORDER BY i.ord
LIMIT :most
