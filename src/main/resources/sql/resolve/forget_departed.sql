-- An absent row is kept only while its contact still has to leave the list, which a sync that
-- only adds never asks of it, nor one that does not keep the group's list.
DELETE FROM member m
WHERE m.account_id = :account AND m.sync_id = :sync AND NOT m.present
  AND (:keeps OR NOT EXISTS (
    SELECT
    FROM sync_group g
    JOIN membership k
      ON k.account_id = g.account_id AND k.list_no = g.list_no AND k.address = m.address AND k.owned
    WHERE g.account_id = m.account_id AND g.sync_id = m.sync_id AND g.group_name = m.group_name
      AND g.selected
      AND NOT EXISTS (
        SELECT
        FROM member w
        JOIN sync_group wg
          ON wg.account_id = w.account_id AND wg.sync_id = w.sync_id
          AND wg.group_name = w.group_name AND wg.list_no = g.list_no
        WHERE w.account_id = m.account_id AND w.address = m.address AND w.group_winner)))
