-- Some members by their keys, in one row each.
SELECT DISTINCT ON (m.member_key) m.member_key, m.display_name, coalesce(m.address, m.email) AS email
FROM member m
WHERE m.account_id = :account AND m.sync_id = :sync AND m.member_key = ANY (:keys) AND m.present
ORDER BY m.member_key, m.by_hand, m.group_name
