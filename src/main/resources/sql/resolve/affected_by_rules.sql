-- Every address that several rows share, or whose row lost or carries a combined name: under other
-- rules another member may win it, or be called otherwise, though the source is the same.
CREATE TEMP TABLE affected ON COMMIT DROP AS
SELECT m.address
FROM member m
WHERE m.account_id = :account AND m.sync_id = :sync AND m.address IS NOT NULL
GROUP BY m.address
HAVING count(*) > 1 OR NOT bool_and(m.group_winner AND m.contact_winner)
  OR bool_or(m.own_fields IS NOT NULL)
