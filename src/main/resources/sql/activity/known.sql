-- Which of these activities of a contact the hub has already, in their order. Of several equal ones
-- within a second, the first as many as it has.
WITH told AS (
  SELECT p.ord, p.mailing_id, p.kind, date_trunc('second', p.at) AS at,
    row_number() OVER (
      PARTITION BY p.mailing_id, p.kind, date_trunc('second', p.at) ORDER BY p.ord) AS nth
  FROM unnest(:mailings::text[], :kinds::text[], :times::timestamptz[]) WITH ORDINALITY
    AS p(mailing_id, kind, at, ord)
)
SELECT c.campaign_id, c.name, t.nth <= (
    SELECT count(*)
    FROM activity a
    JOIN activity_contact k ON k.account_id = a.account_id AND k.contact_no = a.contact_no
    WHERE a.account_id = :account AND k.contact_id = :contact AND a.mailing_no = m.mailing_no
      AND a.kind = t.kind AND a.at >= t.at AND a.at < t.at + interval '1 second') AS known
FROM told t
LEFT JOIN mailing m ON m.account_id = :account AND m.mailing_id = t.mailing_id
LEFT JOIN campaign c ON c.account_id = m.account_id AND c.campaign_no = m.campaign_no
ORDER BY t.ord
