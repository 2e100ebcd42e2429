-- A contact that stays, because another member has its address, is not the erased person's any more.
UPDATE contact c
SET member_sync = NULL, member_key = NULL
FROM erased_member e
WHERE e.account_id = c.account_id AND e.sync_id = c.member_sync AND e.member_key = c.member_key
