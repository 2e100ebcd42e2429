-- An opt-out that is in the ledger already: now also in which campaign. The contact's own date may be
-- a day without a time, or some seconds off.
UPDATE consent e
SET campaign_no = m.campaign_no
FROM activity a
JOIN activity_contact k ON k.account_id = a.account_id AND k.contact_no = a.contact_no
JOIN mailing m ON m.account_id = a.account_id AND m.mailing_no = a.mailing_no
WHERE a.account_id = :account AND a.kind = 'opt_out' AND a.activity_no > :after
  AND e.account_id = a.account_id AND e.contact_id = k.contact_id AND e.what = 'opt_out'
  AND e.campaign_no IS NULL AND e.system = 'provider'
  AND a.at BETWEEN e.at - interval '1 day' AND e.at + interval '1 day'
