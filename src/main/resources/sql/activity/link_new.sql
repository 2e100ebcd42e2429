-- Activities that have come since, beside their members.
WITH news AS (
  SELECT a.activity_no, a.at, a.contact_no
  FROM activity a
  WHERE a.account_id = :account AND a.activity_no > :after AND a.activity_no <= :until
), owner AS (
  SELECT DISTINCT o.contact_no, o.member_key
  FROM activity_member o
  WHERE o.account_id = :account AND o.sync_id = :sync
    AND o.contact_no IN (SELECT contact_no FROM news)
), missing AS (
  INSERT INTO activity_unlinked (account_id, sync_id, contact_no)
  SELECT DISTINCT :account::int, :sync::int, n.contact_no
  FROM news n
  WHERE NOT EXISTS (SELECT FROM owner o WHERE o.contact_no = n.contact_no)
  ON CONFLICT DO NOTHING
)
INSERT INTO interaction (account_id, sync_id, activity_no, at, member_key)
SELECT :account, :sync, n.activity_no, n.at, o.member_key
FROM news n
JOIN owner o ON o.contact_no = n.contact_no
ORDER BY n.at, n.activity_no
ON CONFLICT DO NOTHING
