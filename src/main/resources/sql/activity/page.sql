-- One page of activities, each kept once however often it is read. Gives how many were new, and how
-- many contacts among them had not done this with this campaign before.
WITH kept AS (
  INSERT INTO activity (
    account_id, mailing_no, kind, contact_no, at, link_no, nth, code, device)
  SELECT :account::int, :mailing::int, :kind, a.contact_no, p.at, coalesce(l.link_no, 0), p.nth,
    p.code, p.device
  FROM unnest(
    :contacts::text[], :times::timestamptz[], :links::text[], :nths::smallint[], :codes::text[],
    :devices::text[]) AS p(contact_id, at, url_id, nth, code, device)
  JOIN activity_contact a ON a.account_id = :account AND a.contact_id = p.contact_id
  LEFT JOIN campaign_link l
    ON l.account_id = :account AND l.campaign_no = :campaign AND l.url_id = p.url_id
  ON CONFLICT DO NOTHING
  RETURNING contact_no
)
SELECT (SELECT count(*) FROM kept) AS rows,
  (SELECT count(DISTINCT k.contact_no)
   FROM kept k
   WHERE NOT EXISTS (
     SELECT
     FROM mailing m
     JOIN activity b
       ON b.account_id = m.account_id AND b.mailing_no = m.mailing_no AND b.kind = :kind
       AND b.contact_no = k.contact_no
     WHERE m.account_id = :account AND m.campaign_no = :campaign)) AS contacts
