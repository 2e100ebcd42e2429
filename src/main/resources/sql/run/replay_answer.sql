-- A row of a report that could not be read counts as found no more, so that the next reading looks for it,
-- down to the first row.
WITH letter AS (
  SELECT account_id,
    CASE WHEN payload LIKE '{"what":%' THEN payload::json ->> 'what' END AS kind,
    CASE WHEN payload LIKE '{"what":%' THEN payload::json ->> 'mailing_id' END AS mailing_id
  FROM dead_letter
  WHERE dead_letter_id = :id AND kind = 'answer'
)
UPDATE campaign_kind k
SET held = greatest(0, k.held - 1), seen_contacts = greatest(0, k.seen_contacts - 1), tries = 2
FROM letter l
JOIN mailing m ON m.account_id = l.account_id AND m.mailing_id = l.mailing_id
WHERE k.account_id = m.account_id AND k.campaign_no = m.campaign_no AND k.kind = l.kind
