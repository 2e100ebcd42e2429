SELECT m.address
FROM member m
JOIN erased_member e USING (account_id, sync_id, member_key)
WHERE m.address IS NOT NULL
UNION
SELECT f.address
FROM former_address f
JOIN erased_member e USING (account_id, sync_id, member_key)
