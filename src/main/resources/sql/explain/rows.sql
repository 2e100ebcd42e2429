-- The member's rows, one per group, with what was decided about each and the list of its group.
SELECT m.group_name, m.present, m.email, m.address, m.reason, m.detail, m.display_name,
  m.rank, m.contact_winner, m.own_fields IS NOT NULL AS combined,
  g.selected, t.name AS list, t.state AS list_state, t.adopted, t.provider_id, s.read_at
FROM member m
JOIN sync s ON s.account_id = m.account_id AND s.sync_id = m.sync_id
LEFT JOIN sync_group g
  ON g.account_id = m.account_id AND g.sync_id = m.sync_id AND g.group_name = m.group_name
LEFT JOIN list t ON t.account_id = g.account_id AND t.list_no = g.list_no
WHERE m.account_id = :account AND m.sync_id = :sync AND m.member_key = :member
ORDER BY m.group_name
