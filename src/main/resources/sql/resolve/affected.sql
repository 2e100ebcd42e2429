-- Addresses whose winner may have changed: before or after address of every row that came, changed
-- or went; and every address contested by members for whom the family tree counts (primary and billing
-- contacts, unless the rules say otherwise) when a tree changed.
CREATE TEMP TABLE affected ON COMMIT DROP AS
SELECT d.old_address AS address FROM delta d WHERE d.old_address IS NOT NULL
UNION
SELECT m.address
FROM delta d
JOIN member m
  ON m.account_id = :account AND m.sync_id = :sync
  AND m.member_key = d.member_key AND m.group_name = d.group_name
WHERE m.address IS NOT NULL
UNION
SELECT address FROM departed WHERE address IS NOT NULL
UNION
SELECT m.address
FROM member m
WHERE m.account_id = :account AND m.sync_id = :sync AND m.address IS NOT NULL
  AND m.reason IS NULL AND m.present AND m.rank = ANY (:treeRanks::int[])
  AND (
    EXISTS (SELECT FROM delta d WHERE d.old_parent IS NOT NULL)
    OR EXISTS (SELECT FROM departed d WHERE d.parent_key IS NOT NULL)
    OR EXISTS (
      SELECT FROM delta d
      JOIN member c
        ON c.account_id = :account AND c.sync_id = :sync
        AND c.member_key = d.member_key AND c.group_name = d.group_name
      WHERE c.parent_key IS NOT NULL))
GROUP BY m.address
HAVING count(*) > 1
