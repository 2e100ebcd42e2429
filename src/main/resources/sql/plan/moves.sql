-- Members whose contact still carries the address they had before: the contact gets the new one, so
-- that its history stays. Not when the new address is another contact (its owner stays what it is,
-- and lists and fields go over to it), and not when somebody who was there before is left at the
-- old address. A target that another of these contacts leaves is free; weight is the order in which
-- they go, and 0 marks a circle, which is opened by parking its contacts.
WITH RECURSIVE candidate AS (
  SELECT DISTINCT ON (d.address)
    d.address, c.address AS former, c.contact_id, d.member_key, d.fields_digest
  FROM change d
  JOIN member w
    ON w.account_id = d.account_id AND w.sync_id = d.sync_id AND w.member_key = d.member_key
    AND w.address = d.address AND w.contact_winner
  JOIN contact c
    ON c.account_id = d.account_id AND c.member_sync = d.sync_id
    AND c.member_key = d.member_key AND c.address <> d.address
    AND NOT c.deleted AND c.permission <> 'unsubscribed'
    AND (c.owner_sync IS NULL OR c.owner_sync = d.sync_id)
  WHERE d.account_id = :account AND d.run_id = :run AND d.action = 'import'
    AND length(d.address) <= 80
    AND NOT EXISTS (
      SELECT FROM member n
      WHERE n.account_id = d.account_id AND n.address = c.address AND n.group_winner
        AND NOT (n.sync_id = d.sync_id AND n.member_key <> d.member_key
          AND n.address_since >= w.address_since))
    AND NOT EXISTS (
      SELECT FROM member o
      WHERE o.account_id = d.account_id AND o.sync_id = d.sync_id
        AND o.member_key = d.member_key AND o.contact_winner AND o.address <> d.address)
  ORDER BY d.address, c.seen_at DESC, c.contact_id
), blocked AS (
  SELECT m.former
  FROM candidate m
  JOIN contact c ON c.account_id = :account AND c.address = m.address
  WHERE NOT EXISTS (SELECT FROM candidate o WHERE o.former = m.address)
  UNION
  SELECT m.former
  FROM blocked b
  JOIN candidate m ON m.address = b.former
), ready AS (
  SELECT m.* FROM candidate m WHERE m.former NOT IN (SELECT former FROM blocked)
), ordered AS (
  SELECT r.former, 1 AS place
  FROM ready r
  WHERE NOT EXISTS (SELECT FROM ready o WHERE o.former = r.address)
  UNION ALL
  SELECT r.former, o.place + 1
  FROM ordered o
  JOIN ready r ON r.address = o.former
)
INSERT INTO change (
  account_id, run_id, sync_id, action, address, former, contact_id, member_key, lists, others,
  fields_digest, weight)
SELECT :account, :run, :sync, 'move', r.address, r.former, r.contact_id, r.member_key, '{}', '{}',
  r.fields_digest, coalesce(o.place, 0)
FROM ready r
LEFT JOIN ordered o ON o.former = r.former
