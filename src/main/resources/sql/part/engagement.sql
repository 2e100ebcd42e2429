-- What is told of a member m, from the contacts e, and u of those who answered nothing.
SELECT m.member_key, max(e.last_send) AS last_send, max(e.last_open) AS last_open,
  max(e.last_click) AS last_click, coalesce(sum(e.sends), 0) AS sends,
  coalesce(sum(e.opens), 0) AS opens, coalesce(sum(e.clicks), 0) AS clicks,
  min(u.since) AS unanswered_since, coalesce(sum(u.mailings), 0) AS unanswered,
  (SELECT max(b.code)
    FROM member r
    JOIN bounced b ON b.account_id = r.account_id AND b.address = r.address
    WHERE r.account_id = m.account_id AND r.sync_id = m.sync_id AND r.member_key = m.member_key
      AND r.present) AS bounce_code
