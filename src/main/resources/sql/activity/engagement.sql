-- What each member did lately. A member of whom nothing is known has a row too.
${part/engagement}
FROM (
  SELECT DISTINCT m.account_id, m.sync_id, m.member_key
  FROM member m
  JOIN sync s ON s.account_id = m.account_id AND s.sync_id = m.sync_id
  WHERE s.name = :sync AND m.present
) m
LEFT JOIN member_activity_contact o
  ON o.account_id = m.account_id AND o.sync_id = m.sync_id AND o.member_key = m.member_key
LEFT JOIN engagement e ON e.account_id = o.account_id AND e.contact_no = o.contact_no
LEFT JOIN unanswered u ON u.account_id = o.account_id AND u.contact_no = o.contact_no
WHERE :member::text IS NULL OR m.member_key = :member
GROUP BY m.account_id, m.sync_id, m.member_key
ORDER BY m.member_key
