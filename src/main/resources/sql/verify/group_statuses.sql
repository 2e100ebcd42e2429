SELECT v.group_name, v.list,
  count(*) AS members,
  count(*) FILTER (WHERE v.status = 'synced') AS synced,
  count(*) FILTER (WHERE v.status = 'pending') AS pending,
  count(*) FILTER (WHERE v.status = 'sending') AS sending,
  count(*) FILTER (WHERE v.status = 'unsubscribed') AS unsubscribed,
  count(*) FILTER (WHERE v.status = 'failed') AS failed,
  count(*) FILTER (WHERE v.status = 'held') AS held,
  count(*) FILTER (WHERE v.status = 'not applicable') AS not_applicable,
  max(v.at) AS at
FROM member_status v
JOIN sync s ON s.account_id = v.account_id AND s.sync_id = v.sync_id
WHERE s.name = :sync
GROUP BY v.group_name, v.list
ORDER BY v.group_name
