SELECT
  count(*) FILTER (WHERE creates) AS creates,
  count(*) FILTER (WHERE updates) AS updates,
  count(*) FILTER (WHERE action = 'move') AS moved,
  coalesce(sum(cardinality(lists)) FILTER (WHERE action = 'import'), 0) AS adds,
  coalesce(sum(cardinality(lists)) FILTER (WHERE action = 'remove'), 0) AS removes,
  count(*) FILTER (WHERE action = 'import') AS imported,
  count(*) FILTER (WHERE action = 'remove') AS removed,
  count(*) FILTER (WHERE action = 'resubscribe') AS resubscribed
FROM change
WHERE account_id = :account AND run_id = :run
