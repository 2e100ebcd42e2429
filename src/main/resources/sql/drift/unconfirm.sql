-- Fields that were changed by hand are not what was confirmed: they are sent again.
UPDATE contact c
SET sent_digest = NULL
FROM drift d
WHERE d.account_id = :account AND d.run_id = :run AND d.kind = 'fieldsChanged'
  AND c.account_id = d.account_id AND c.address = d.address
