-- Campaigns and what the provider counts for them. Where a count has fallen, because contacts were
-- deleted there, what was accounted for falls with it, or later news would pass unnoticed.
WITH told AS (
  SELECT t.*, :account::int AS account_id
  FROM unnest(:ids::text[], :sentAt::timestamptz[], :complaints::bigint[])
    AS t(campaign_id, sent_at, complaints)
), known AS (
  INSERT INTO campaign AS c (account_id, campaign_id, sent_at, complaints)
  SELECT account_id, campaign_id, sent_at, complaints
  FROM told
  ON CONFLICT (account_id, campaign_id) DO UPDATE SET
    sent_at = excluded.sent_at, complaints = excluded.complaints,
    gone = c.gone AND c.sent_at = excluded.sent_at
  RETURNING c.account_id, c.campaign_no, c.campaign_id
)
INSERT INTO campaign_kind AS k (account_id, campaign_no, kind, contacts)
SELECT known.account_id, known.campaign_no, n.kind, n.contacts
FROM unnest(:kindIds::text[], :kinds::text[], :contacts::bigint[]) AS n(campaign_id, kind, contacts)
JOIN known ON known.campaign_id = n.campaign_id
ON CONFLICT (account_id, campaign_no, kind) DO UPDATE SET
  contacts = excluded.contacts,
  seen_contacts = least(k.seen_contacts, excluded.contacts)
WHERE k.contacts <> excluded.contacts
