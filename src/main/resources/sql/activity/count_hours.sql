-- Counts what was read since the last time; each activity is counted once, because both numbers are
-- read and written in one fenced transaction.
INSERT INTO campaign_hour AS h (account_id, campaign_no, kind, at, link_no, events)
SELECT a.account_id, m.campaign_no, a.kind, date_trunc('hour', a.at, 'UTC'), a.link_no, count(*)
FROM activity a
JOIN mailing m ON m.account_id = a.account_id AND m.mailing_no = a.mailing_no
WHERE a.account_id = :account AND a.activity_no > :after AND a.activity_no <= :last
GROUP BY a.account_id, m.campaign_no, a.kind, date_trunc('hour', a.at, 'UTC'), a.link_no
ON CONFLICT (account_id, campaign_no, kind, at, link_no)
DO UPDATE SET events = h.events + excluded.events
