-- Syncs that hold members and are no longer in the settings, with how many they hold.
SELECT a.name AS account, s.name AS sync, count(DISTINCT m.member_key) AS members
FROM sync s
JOIN account a ON a.account_id = s.account_id
JOIN member m ON m.account_id = s.account_id AND m.sync_id = s.sync_id AND m.present
WHERE a.name || ' ' || s.name <> ALL (:present)
GROUP BY a.name, s.name
ORDER BY a.name, s.name
