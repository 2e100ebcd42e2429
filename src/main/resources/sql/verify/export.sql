-- The wanted contacts, and what is known of what they did.
SELECT DISTINCT ON (w.address) w.address, w.fields, n.last_send, n.last_open, n.last_click,
  coalesce(n.sends, 0) AS sends, coalesce(n.opens, 0) AS opens, coalesce(n.clicks, 0) AS clicks,
  u.since AS unanswered_since, coalesce(u.mailings, 0) AS unanswered, b.code AS bounce_code
FROM member m
JOIN sync s ON s.account_id = m.account_id AND s.sync_id = m.sync_id AND s.name = :sync
JOIN member w
  ON w.account_id = m.account_id AND w.sync_id = m.sync_id AND w.address = m.address
  AND w.contact_winner
LEFT JOIN contact c ON c.account_id = m.account_id AND c.address = m.address
LEFT JOIN activity_contact k
  ON :engagement AND k.account_id = c.account_id AND k.contact_id = c.contact_id
LEFT JOIN engagement n ON :engagement AND n.account_id = k.account_id AND n.contact_no = k.contact_no
LEFT JOIN unanswered u ON :engagement AND u.account_id = k.account_id AND u.contact_no = k.contact_no
LEFT JOIN bounced b ON :engagement AND b.account_id = c.account_id AND b.address = c.address
WHERE m.group_winner AND (:group::text IS NULL OR m.group_name = :group)
  AND c.permission IS DISTINCT FROM 'unsubscribed'
ORDER BY w.address
