-- What each member did lately. A member of whom nothing is known has a row too.
SELECT m.member_key, max(e.last_send) AS last_send, max(e.last_open) AS last_open,
  max(e.last_click) AS last_click, coalesce(sum(e.sends), 0) AS sends,
  coalesce(sum(e.opens), 0) AS opens, coalesce(sum(e.clicks), 0) AS clicks,
  min(u.since) AS unanswered_since, coalesce(sum(u.mailings), 0) AS unanswered,
  (SELECT max(b.code)
    FROM member r
    JOIN bounced b ON b.account_id = r.account_id AND b.address = r.address
    WHERE r.account_id = m.account_id AND r.sync_id = m.sync_id AND r.member_key = m.member_key
      AND r.present) AS bounce_code
FROM (
  SELECT DISTINCT m.account_id, m.sync_id, m.member_key
  FROM member m
  JOIN sync s ON s.account_id = m.account_id AND s.sync_id = m.sync_id
  WHERE s.name = :sync AND m.present
) m
LEFT JOIN member_activity_contact o
  ON o.account_id = m.account_id AND o.sync_id = m.sync_id AND o.member_key = m.member_key
LEFT JOIN engagement e ON e.account_id = o.account_id AND e.contact_no = o.contact_no
LEFT JOIN unanswered u ON u.account_id = o.account_id AND u.contact_no = o.contact_no
WHERE :member::text IS NULL OR m.member_key = :member
GROUP BY m.account_id, m.sync_id, m.member_key
ORDER BY m.member_key
