-- Members by what became of them, against the number of rows they come from.
SELECT '' AS status, NULL AS reason, count(*) AS members
FROM member m
JOIN sync s ON s.account_id = m.account_id AND s.sync_id = m.sync_id
WHERE s.name = :sync
UNION ALL
SELECT v.status, CASE WHEN v.status = 'not applicable' THEN v.reason END, count(*)
FROM member_status v
JOIN sync s ON s.account_id = v.account_id AND s.sync_id = v.sync_id
WHERE s.name = :sync
GROUP BY 1, 2
ORDER BY 1, 2
