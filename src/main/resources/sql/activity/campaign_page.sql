-- A page of campaigns, the newest first, with how many contacts did what.
SELECT c.campaign_id, c.name, c.sent_at, c.complaints, c.gone, k.contacts
FROM (
  SELECT *
  FROM campaign
  WHERE account_id = :account
    AND (:campaign::text IS NULL OR campaign_id = :campaign)
    AND (:before::timestamptz IS NULL OR (sent_at, campaign_id) < (:before, :beforeId::text))
  ORDER BY sent_at DESC, campaign_id DESC
  LIMIT :most
) c
CROSS JOIN LATERAL (
  SELECT coalesce(jsonb_object_agg(k.kind, k.contacts), '{}') AS contacts
  FROM campaign_kind k
  WHERE k.account_id = c.account_id AND k.campaign_no = c.campaign_no
) k
ORDER BY c.sent_at DESC, c.campaign_id DESC
