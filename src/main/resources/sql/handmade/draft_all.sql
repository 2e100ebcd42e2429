-- Everybody a filter finds, as many as one call may hold beside those who were chosen before.
INSERT INTO draft_member (account_id, sync_id, made_by, member_key)
SELECT f.account_id, f.sync_id, :by, f.member_key
FROM (
  SELECT DISTINCT m.account_id, m.sync_id, m.member_key
  FROM member m
  WHERE m.account_id = :account AND m.sync_id = :sync AND m.present AND NOT m.by_hand
    AND (:group::text IS NULL OR m.group_name = :group)
    AND (:text::text IS NULL OR m.display_name ILIKE :text OR m.address ILIKE :text
      OR m.member_key ILIKE :begin)
    AND (:status::text IS NULL OR EXISTS (
      SELECT FROM member_status v
      WHERE v.account_id = m.account_id AND v.sync_id = m.sync_id AND v.member_key = m.member_key
        AND v.group_name = m.group_name AND v.status = :status))
    AND NOT EXISTS (
      SELECT FROM draft_member d
      WHERE d.account_id = m.account_id AND d.sync_id = m.sync_id AND d.made_by = :by
        AND d.member_key = m.member_key)
  LIMIT :most
) f
ON CONFLICT DO NOTHING
