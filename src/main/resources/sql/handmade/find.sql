-- Members of the source by group, status and text, one row each.
SELECT DISTINCT ON (m.member_key) m.member_key, m.display_name, coalesce(m.address, m.email) AS email
FROM member m
WHERE m.account_id = :account AND m.sync_id = :sync AND m.present
  AND (:after::text IS NULL OR m.member_key > :after)
  AND (:group::text IS NULL OR m.group_name = :group)
  AND (:text::text IS NULL OR m.display_name ILIKE :text OR m.address ILIKE :text
    OR m.member_key ILIKE :begin)
  AND (:status::text IS NULL OR EXISTS (
    SELECT FROM member_status v
    WHERE v.account_id = m.account_id AND v.sync_id = m.sync_id AND v.member_key = m.member_key
      AND v.group_name = m.group_name AND v.status = :status))
ORDER BY m.member_key, m.group_name
LIMIT :most
