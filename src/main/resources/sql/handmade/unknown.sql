-- Who was asked for and is not in the source, or was erased.
SELECT a.member_key, k.known IS NOT NULL AS erased
FROM asked_for a
LEFT JOIN LATERAL (
  SELECT true AS known, bool_and(m.reason IS NOT DISTINCT FROM 'ERASED_ON_REQUEST') AS all_erased
  FROM member m
  WHERE m.account_id = :account AND m.sync_id = :sync AND m.member_key = a.member_key
    AND m.present AND NOT m.by_hand
  HAVING count(*) > 0
) k ON true
WHERE k.known IS NULL OR k.all_erased
ORDER BY a.member_key
