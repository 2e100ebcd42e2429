-- Addresses that other members have as well: they are those members' data too.
SELECT m.address, string_agg(DISTINCT m.member_key || ' of ' || s.name, ', ') AS others
FROM member m
JOIN sync s ON s.account_id = m.account_id AND s.sync_id = m.sync_id
WHERE m.address = ANY (:addresses)
  AND NOT EXISTS (
    SELECT FROM erased_member e
    WHERE e.account_id = m.account_id AND e.sync_id = m.sync_id AND e.member_key = m.member_key)
GROUP BY m.address
ORDER BY m.address
