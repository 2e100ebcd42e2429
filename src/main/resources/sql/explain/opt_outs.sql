-- Every entry of the consent ledger under an address that is or was the member's, oldest first.
SELECT o.what, o.address, o.at, o.by, o.reason, current.address IS NOT NULL AS current
FROM (
  SELECT m.address
  FROM member m
  WHERE m.account_id = :account AND m.sync_id = :sync AND m.member_key = :member
    AND m.address IS NOT NULL
  UNION
  SELECT f.address
  FROM former_address f
  WHERE f.account_id = :account AND f.sync_id = :sync AND f.member_key = :member
) mine
JOIN consent o ON o.account_id = :account AND o.address = mine.address
LEFT JOIN LATERAL (
  SELECT m.address
  FROM member m
  WHERE m.account_id = :account AND m.sync_id = :sync AND m.member_key = :member
    AND m.address = o.address
  LIMIT 1) current ON true
ORDER BY o.at, o.ord
