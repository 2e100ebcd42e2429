-- The rows that hand-made memberships ask for, where the source does not give one itself. Each says
-- what a row of the source says about the member: one with nothing against the member, if there is
-- any, and of several the first by group. What only concerns that row's group does not count; who is
-- not in the source at all gets no row.
CREATE TEMP TABLE hand_made_wanted ON COMMIT DROP AS
SELECT DISTINCT ON (h.member_key, h.group_name)
  h.member_key, h.group_name, b.group_name AS base_group, r.reason,
  CASE WHEN r.reason = b.reason THEN b.detail END AS detail,
  hashtextextended(
    concat_ws(chr(1), b.digest::text, b.group_name, coalesce(r.reason, '')), 0) AS digest
FROM hand_made h
JOIN member b
  ON b.account_id = h.account_id AND b.sync_id = h.sync_id AND b.member_key = h.member_key
  AND b.present AND NOT b.by_hand
JOIN unnest(:groups::text[], :selected::boolean[]) AS c(group_name, selected)
  ON c.group_name = h.group_name
CROSS JOIN LATERAL (
  SELECT CASE
    WHEN b.reason IN ('GROUP_NOT_SELECTED', 'UNSUBSCRIBED_BEFORE', 'OPTED_OUT_ELSEWHERE',
      'SILENT', 'NOT_SILENT', 'ADDRESS_BOUNCED') THEN NULL
    WHEN b.reason = 'DISABLED_IN_GROUP' THEN b.elsewhere
    ELSE b.reason
  END AS against
) a
CROSS JOIN LATERAL (
  SELECT coalesce(a.against, CASE WHEN NOT c.selected THEN 'GROUP_NOT_SELECTED' END) AS reason
) r
WHERE h.account_id = :account AND h.sync_id = :sync AND h.taken_at IS NULL
  AND NOT EXISTS (
    SELECT FROM member s
    WHERE s.account_id = h.account_id AND s.sync_id = h.sync_id AND s.member_key = h.member_key
      AND s.group_name = h.group_name AND s.present AND NOT s.by_hand)
ORDER BY h.member_key, h.group_name, a.against IS NULL DESC, b.group_name COLLATE "C"
