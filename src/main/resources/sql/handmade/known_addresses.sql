-- The addresses of those who were asked for, as the source gives them.
SELECT DISTINCT ON (a.member_key) a.member_key, coalesce(m.source_address, m.address) AS address
FROM asked_for a
JOIN member m
  ON m.account_id = :account AND m.sync_id = :sync AND m.member_key = a.member_key
  AND m.present AND NOT m.by_hand
WHERE m.reason IS DISTINCT FROM 'ERASED_ON_REQUEST'
ORDER BY a.member_key, m.group_name
