-- Members whom a removal list names, by their key or, where no member has it, by their address. A
-- row without a group means every group.
CREATE TEMP TABLE departed ON COMMIT DROP AS
WITH named AS (
  SELECT s.member_key, s.group_name, s.data::json ->> 'a' AS address,
    EXISTS (
      SELECT FROM member k
      WHERE k.account_id = :account AND k.sync_id = :sync AND k.member_key = s.member_key
    ) AS known
  FROM ${staged} s
)
SELECT m.member_key, m.group_name, m.address, m.parent_key
FROM named n
JOIN member m ON m.member_key = n.member_key
WHERE n.known AND m.account_id = :account AND m.sync_id = :sync AND m.present
  AND (n.group_name = :none OR n.group_name = m.group_name)
UNION
SELECT m.member_key, m.group_name, m.address, m.parent_key
FROM named n
JOIN member m ON m.address = n.address
WHERE NOT n.known AND m.account_id = :account AND m.sync_id = :sync AND m.present
  AND (n.group_name = :none OR n.group_name = m.group_name)
