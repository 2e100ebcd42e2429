-- What a plan means for those who are at the provider already.
SELECT
  (SELECT count(*) FILTER (WHERE c.differs IS NOT FALSE)
    FROM change d
    JOIN contact c ON c.account_id = d.account_id AND c.address = d.address
    WHERE d.account_id = :account AND d.run_id = :run AND d.adopts) AS differing,
  (SELECT count(*)
    FROM contact c
    WHERE c.account_id = :account AND NOT c.deleted AND c.owner_sync IS NULL
      AND NOT EXISTS (
        SELECT FROM member w
        WHERE w.account_id = :account AND w.address = c.address AND w.contact_winner)) AS foreigners,
  (SELECT count(*)
    FROM member w
    JOIN contact c ON c.account_id = w.account_id AND c.address = w.address
    WHERE w.account_id = :account AND w.sync_id = :sync AND w.contact_winner
      AND c.permission = 'unsubscribed') AS unsubscribed,
  (SELECT count(*)
    FROM member m
    JOIN sync_group g
      ON g.account_id = m.account_id AND g.sync_id = m.sync_id AND g.group_name = m.group_name
    JOIN list t ON t.account_id = g.account_id AND t.list_no = g.list_no
      AND t.state NOT IN ('gone', 'refused')
    WHERE :takesAway AND m.account_id = :account AND m.sync_id = :sync AND m.group_winner
      AND NOT EXISTS (
        SELECT FROM contact c
        WHERE c.account_id = m.account_id AND c.address = m.address
          AND c.permission = 'unsubscribed')
      AND NOT EXISTS (
        SELECT FROM membership k
        WHERE k.account_id = m.account_id AND k.list_no = g.list_no
          AND k.address = m.address)) AS not_found
