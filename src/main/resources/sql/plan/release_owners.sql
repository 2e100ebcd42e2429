-- A contact whose sync no longer has a member for it may be kept by another sync of the account.
UPDATE contact c
SET owner_sync = NULL
WHERE c.account_id = :account AND c.owner_sync IS NOT NULL
  AND (SELECT count(*) FROM sync s WHERE s.account_id = :account) > 1
  AND NOT EXISTS (
    SELECT FROM member w
    WHERE w.account_id = c.account_id AND w.address = c.address AND w.sync_id = c.owner_sync
      AND w.contact_winner)
