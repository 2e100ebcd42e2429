-- Rows of groups that are selected, or not, otherwise than when the rows were judged. That the group
-- is selected is asked last: nothing else stands against a row that was refused for it.
CREATE TEMP TABLE delta ON COMMIT DROP AS
SELECT m.member_key, m.group_name, m.address AS old_address, m.parent_key AS old_parent, c.selected
FROM unnest(:groups::text[], :selected::boolean[]) AS c(group_name, selected)
JOIN member m
  ON m.account_id = :account AND m.sync_id = :sync AND m.group_name = c.group_name
WHERE m.present
  AND CASE WHEN c.selected THEN m.reason = 'GROUP_NOT_SELECTED'
    ELSE m.reason IS NULL OR m.reason IN ('UNSUBSCRIBED_BEFORE', 'OPTED_OUT_ELSEWHERE',
      'SILENT', 'NOT_SILENT', 'ADDRESS_BOUNCED') END
