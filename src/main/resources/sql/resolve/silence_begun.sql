-- Who answered no mailing since a time.
INSERT INTO silence AS w (account_id, sync_id, contact_no, since)
SELECT u.account_id, :sync, u.contact_no, u.since
FROM unanswered u
WHERE u.account_id = :account AND u.since <= :begin::timestamptz
ON CONFLICT (account_id, sync_id, contact_no) DO NOTHING
