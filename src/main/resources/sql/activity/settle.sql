-- A reading came to its end. What it did not find is looked for again, three times; then it counts as
-- missing at the provider.
UPDATE campaign_kind
SET tries = CASE WHEN :short AND NOT :given THEN tries + 1 ELSE 0 END,
  missing = CASE WHEN :given AND events IS NOT NULL THEN events - held ELSE missing END,
  seen_contacts = CASE WHEN :given OR NOT :short THEN contacts ELSE seen_contacts END
WHERE account_id = :account AND campaign_no = :campaign AND kind = :kind
