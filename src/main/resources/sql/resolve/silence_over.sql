-- Who has answered since is silent no more; nor is who is not silent for long enough under other rules.
DELETE FROM silence w
WHERE w.account_id = :account AND w.sync_id = :sync
  AND (w.since > :begin::timestamptz OR EXISTS (
    SELECT
    FROM activity a
    WHERE a.account_id = w.account_id AND a.contact_no = w.contact_no AND a.at >= w.since
      AND a.kind IN ('open', 'click', 'forward')))
