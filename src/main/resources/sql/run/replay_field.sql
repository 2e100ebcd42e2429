-- Contacts that were sent without a custom field are sent again with it.
UPDATE contact c
SET sent_digest = NULL
FROM dead_letter d
WHERE d.dead_letter_id = :id AND d.kind = 'field'
  AND c.account_id = d.account_id AND c.sent_digest IS NOT NULL
  AND EXISTS (
    SELECT
    FROM member w
    WHERE w.account_id = c.account_id AND w.address = c.address AND w.sync_id = d.sync_id
      AND w.contact_winner AND jsonb_exists(w.fields::jsonb, 'cf:' || d.payload))
