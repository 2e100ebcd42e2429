-- What a page accounted for; gives what is left to find. More than was counted makes up for what
-- had been given up as missing. Rows that are dropped stand on their page again each time it is read,
-- so they make up for no more than is lacking.
WITH page AS (
  SELECT :rows::bigint
    + least(:dropped::bigint, greatest(0, k.events - k.held - :rows::bigint)) AS rows
  FROM campaign_kind k
  WHERE k.account_id = :account AND k.campaign_no = :campaign AND k.kind = :kind
)
UPDATE campaign_kind
SET held = held + page.rows,
  seen_contacts = least(contacts, seen_contacts + :contacts),
  missing = CASE WHEN missing > 0
    THEN least(missing, greatest(0, events - held - page.rows)) ELSE missing END
FROM page
WHERE account_id = :account AND campaign_no = :campaign AND kind = :kind
RETURNING CASE WHEN events IS NULL THEN contacts - seen_contacts ELSE events - held - missing END
