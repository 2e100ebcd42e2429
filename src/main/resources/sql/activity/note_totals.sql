-- How often things were done. Who was asked and not answered has no total any more.
UPDATE campaign_kind k
SET events = t.events,
  missing = k.missing + least(0, coalesce(t.events - k.events, 0))
FROM campaign c
LEFT JOIN unnest(:ids::text[], :kinds::text[], :events::bigint[]) AS t(campaign_id, kind, events)
  ON t.campaign_id = c.campaign_id
WHERE c.account_id = :account AND k.account_id = c.account_id AND k.campaign_no = c.campaign_no
  AND k.kind IN ('open', 'click') AND (t.kind IS NULL OR t.kind = k.kind)
  AND k.events IS DISTINCT FROM t.events
