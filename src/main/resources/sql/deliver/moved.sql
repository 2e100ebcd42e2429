-- The contact has another address: its new one, or the one at which it waits for it. A first name
-- with a period did not go with the call and is sent again.
UPDATE contact c
SET address = :to,
  sent_digest = CASE WHEN NOT EXISTS (
    SELECT FROM member w
    WHERE w.account_id = c.account_id AND w.sync_id = c.member_sync
      AND w.member_key = c.member_key AND w.contact_winner
      AND w.fields::json ->> 'first_name' LIKE '%.%') THEN c.sent_digest END
WHERE c.account_id = :account AND c.contact_id = :contact AND c.address = :from
