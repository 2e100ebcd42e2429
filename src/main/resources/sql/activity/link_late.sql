-- Everything kept of contacts whose member has come only now.
WITH found AS (
  DELETE FROM activity_unlinked u
  USING activity_member o
  WHERE u.account_id = :account AND u.sync_id = :sync AND o.account_id = u.account_id
    AND o.sync_id = u.sync_id AND o.contact_no = u.contact_no
  RETURNING u.contact_no, o.member_key
)
INSERT INTO interaction (account_id, sync_id, activity_no, at, member_key)
SELECT a.account_id, :sync, a.activity_no, a.at, f.member_key
FROM found f
JOIN activity a ON a.account_id = :account AND a.contact_no = f.contact_no
ORDER BY a.at, a.activity_no
ON CONFLICT DO NOTHING
