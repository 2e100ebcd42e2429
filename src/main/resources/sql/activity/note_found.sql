-- What a page accounted for; gives what is left to find. More than was counted makes up for what
-- had been given up as missing.
UPDATE campaign_kind
SET held = held + :rows,
  seen_contacts = least(contacts, seen_contacts + :contacts),
  missing = CASE WHEN missing > 0
    THEN least(missing, greatest(0, events - held - :rows)) ELSE missing END
WHERE account_id = :account AND campaign_no = :campaign AND kind = :kind
RETURNING CASE WHEN events IS NULL THEN contacts - seen_contacts ELSE events - held - missing END
