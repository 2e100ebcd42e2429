-- What one member did lately. OFFSET 0 keeps the views' aggregates to the member's own contacts.
SELECT m.member_key, max(e.last_send) AS last_send, max(e.last_open) AS last_open,
  max(e.last_click) AS last_click, coalesce(sum(e.sends), 0) AS sends,
  coalesce(sum(e.opens), 0) AS opens, coalesce(sum(e.clicks), 0) AS clicks,
  min(u.since) AS unanswered_since, coalesce(sum(u.mailings), 0) AS unanswered,
  (SELECT max(b.code)
    FROM member r
    JOIN bounced b ON b.account_id = r.account_id AND b.address = r.address
    WHERE r.account_id = m.account_id AND r.sync_id = m.sync_id AND r.member_key = m.member_key
      AND r.present) AS bounce_code
FROM sync s
JOIN member_activity_contact m ON m.account_id = s.account_id AND m.sync_id = s.sync_id
CROSS JOIN LATERAL (
  SELECT g.*
  FROM engagement g
  WHERE g.account_id = m.account_id AND g.contact_no = m.contact_no
  OFFSET 0
) e
LEFT JOIN LATERAL (
  SELECT n.since, n.mailings
  FROM unanswered n
  WHERE n.account_id = m.account_id AND n.contact_no = m.contact_no
  OFFSET 0
) u ON true
WHERE s.name = :sync AND m.member_key = :member
GROUP BY m.account_id, m.sync_id, m.member_key
