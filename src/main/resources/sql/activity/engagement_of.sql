-- What one member did lately. OFFSET 0 keeps the views' aggregates to the member's own contacts.
${part/engagement}
FROM sync s
JOIN member_activity_contact m ON m.account_id = s.account_id AND m.sync_id = s.sync_id
CROSS JOIN LATERAL (
  SELECT g.*
  FROM engagement g
  WHERE g.account_id = m.account_id AND g.contact_no = m.contact_no
  OFFSET 0
) e
LEFT JOIN LATERAL (
  SELECT n.since, n.mailings
  FROM unanswered n
  WHERE n.account_id = m.account_id AND n.contact_no = m.contact_no
  OFFSET 0
) u ON true
WHERE s.name = :sync AND m.member_key = :member
GROUP BY m.account_id, m.sync_id, m.member_key
