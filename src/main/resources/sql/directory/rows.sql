-- A company's sort name has one part, a person's two; see SortName.
SELECT m.group_name, m.present, coalesce(m.source_address, m.email) AS email, m.address,
  m.address_since, m.display_name,
  CASE WHEN m.sort_name LIKE '%' || chr(1) || '%' THEN 'person'
    WHEN m.sort_name IS NOT NULL THEN 'company' END AS kind
FROM sync s
JOIN member m ON m.account_id = s.account_id AND m.sync_id = s.sync_id
WHERE s.name = :sync AND m.member_key = :key
ORDER BY m.present DESC, m.group_name
