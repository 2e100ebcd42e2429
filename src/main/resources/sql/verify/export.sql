SELECT DISTINCT ON (w.address) w.address, w.fields
FROM member m
JOIN sync s ON s.account_id = m.account_id AND s.sync_id = m.sync_id AND s.name = :sync
JOIN member w
  ON w.account_id = m.account_id AND w.sync_id = m.sync_id AND w.address = m.address
  AND w.contact_winner
LEFT JOIN contact c ON c.account_id = m.account_id AND c.address = m.address
WHERE m.group_winner AND (:group::text IS NULL OR m.group_name = :group)
  AND c.permission IS DISTINCT FROM 'unsubscribed'
ORDER BY w.address
