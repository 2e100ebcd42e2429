-- Everybody eligible who has one of the member's addresses, with what decides between them.
WITH RECURSIVE candidate AS (
  SELECT m.address, m.member_key, m.group_name, m.display_name, m.rank, m.login, m.sort_name,
    m.parent_key, m.group_winner, m.contact_winner
  FROM member m
  WHERE m.account_id = :account AND m.sync_id = :sync AND m.present AND m.reason IS NULL
    AND m.address IN (
      SELECT o.address
      FROM member o
      WHERE o.account_id = :account AND o.sync_id = :sync AND o.member_key = :member
        AND o.present AND o.reason IS NULL)
), ${part/climb}
SELECT r.address, r.member_key, r.group_name, r.display_name, r.rank, r.login, r.sort_name,
  r.group_winner, r.contact_winner,
  coalesce((SELECT max(c.depth) FROM climb c WHERE c.start = r.member_key), 0) AS depth
FROM candidate r
ORDER BY r.address, r.contact_winner DESC, r.rank, r.sort_name, r.member_key COLLATE "C",
  r.group_name
