-- The member's rows, one per group, with what was decided about each and the list of its group.
SELECT m.group_name, m.present, m.email, m.address, m.reason, m.detail, m.display_name,
  m.rank, m.contact_winner, m.own_fields IS NOT NULL AS combined,
  g.selected, t.name AS list, t.state AS list_state, t.adopted, t.provider_id, s.read_at,
  m.by_hand, h.made_by, h.made_at, h.taken_by, h.taken_at, c.chosen_by, c.chosen_at
FROM member m
JOIN sync s ON s.account_id = m.account_id AND s.sync_id = m.sync_id
LEFT JOIN sync_group g
  ON g.account_id = m.account_id AND g.sync_id = m.sync_id AND g.group_name = m.group_name
LEFT JOIN list t ON t.account_id = g.account_id AND t.list_no = g.list_no
LEFT JOIN hand_made h
  ON h.account_id = m.account_id AND h.sync_id = m.sync_id AND h.member_key = m.member_key
  AND h.group_name = m.group_name
LEFT JOIN group_choice c
  ON c.account_id = m.account_id AND c.sync_id = m.sync_id AND c.group_name = m.group_name
WHERE m.account_id = :account AND m.sync_id = :sync AND m.member_key = :member
ORDER BY m.group_name
