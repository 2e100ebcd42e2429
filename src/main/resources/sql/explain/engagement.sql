-- What a member did with campaigns, as far as the rules ask, and whether the address came back.
SELECT y.activities_at, n.last_send, n.last_open, n.last_click, n.mailings,
  (SELECT min(w.since)
    FROM silence w
    JOIN member_activity_contact o ON o.account_id = w.account_id AND o.contact_no = w.contact_no
    WHERE w.account_id = y.account_id AND w.sync_id = :sync AND o.sync_id = w.sync_id
      AND o.member_key = :member) AS silent_since,
  b.address, b.code, b.at AS bounced_at, c.name AS campaign
FROM account y
CROSS JOIN LATERAL (
  SELECT max(a.at) FILTER (WHERE a.kind = 'send') AS last_send,
    max(a.at) FILTER (WHERE a.kind = 'open') AS last_open,
    max(a.at) FILTER (WHERE a.kind = 'click') AS last_click,
    count(*) FILTER (WHERE a.kind = 'send') AS mailings
  FROM activity a
  WHERE a.account_id = y.account_id AND a.contact_no IN (
    SELECT o.contact_no
    FROM member_activity_contact o
    WHERE o.account_id = y.account_id AND o.sync_id = :sync AND o.member_key = :member)
) n
LEFT JOIN bounced b
  ON b.account_id = y.account_id AND b.address IN (
    SELECT m.address
    FROM member m
    WHERE m.account_id = y.account_id AND m.sync_id = :sync AND m.member_key = :member
      AND m.present)
LEFT JOIN campaign c ON c.account_id = b.account_id AND c.campaign_no = b.campaign_no
WHERE y.account_id = :account
ORDER BY b.address
