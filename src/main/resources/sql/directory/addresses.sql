-- Every change of a member's address that the hub made or saw, and addresses the source gave before.
SELECT k.kind, k.former, k.address, k.at, k.by, k.run_id
FROM (
  SELECT a.kind, a.former, a.address, a.at, a.by, a.run_id
  FROM sync s
  JOIN address_change a ON a.account_id = s.account_id AND a.sync_id = s.sync_id
  WHERE s.name = :sync AND a.member_key = :key
  UNION ALL
  SELECT 'left', f.address, NULL, f.left_at, NULL, NULL
  FROM sync s
  JOIN former_address f ON f.account_id = s.account_id AND f.sync_id = s.sync_id
  WHERE s.name = :sync AND f.member_key = :key
) k
ORDER BY k.at DESC, k.former
LIMIT :most
