-- Members by key, or by address: those who have it now, else those who had it.
WITH known AS (
  SELECT m.account_id, m.sync_id, s.name AS sync, m.member_key, m.address
  FROM member m
  JOIN sync s ON s.account_id = m.account_id AND s.sync_id = m.sync_id
  WHERE (m.member_key = :who OR m.address = :address)
    AND (:sync::text IS NULL OR s.name = :sync)
)
SELECT DISTINCT * FROM known
UNION
SELECT f.account_id, f.sync_id, s.name, f.member_key, f.address
FROM former_address f
JOIN sync s ON s.account_id = f.account_id AND s.sync_id = f.sync_id
WHERE (f.member_key = :who OR (f.address = :address AND NOT EXISTS (SELECT FROM known)))
  AND (:sync::text IS NULL OR s.name = :sync)
UNION
SELECT h.account_id, h.sync_id, s.name, h.member_key, NULL
FROM hand_made h
JOIN sync s ON s.account_id = h.account_id AND s.sync_id = h.sync_id
WHERE h.member_key = :who AND NOT EXISTS (SELECT FROM known)
  AND (:sync::text IS NULL OR s.name = :sync)
ORDER BY sync, member_key, address
