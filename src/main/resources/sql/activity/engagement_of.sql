-- What one member did lately. OFFSET 0 keeps the view's aggregate to the member's own contacts.
SELECT m.member_key, max(e.last_send) AS last_send, max(e.last_open) AS last_open,
  max(e.last_click) AS last_click, coalesce(sum(e.sends), 0) AS sends,
  coalesce(sum(e.opens), 0) AS opens, coalesce(sum(e.clicks), 0) AS clicks,
  max(e.bounce_code) FILTER (
    WHERE e.last_bounce > greatest(e.last_open, e.last_click, '-infinity')) AS bounce_code
FROM sync s
JOIN member_activity_contact m ON m.account_id = s.account_id AND m.sync_id = s.sync_id
CROSS JOIN LATERAL (
  SELECT g.*
  FROM engagement g
  WHERE g.account_id = m.account_id AND g.contact_no = m.contact_no
  OFFSET 0
) e
WHERE s.name = :sync AND m.member_key = :member
GROUP BY m.member_key
