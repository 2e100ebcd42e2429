-- Whatever changes a status of a sync changes this text, except what its own runs tell otherwise.
SELECT concat_ws(' ', a.version, s.fingerprint_high, s.fingerprint_low, md5(s.rules), s.only_removes,
  (SELECT count(*) FROM address_conflict c
    WHERE c.account_id = s.account_id AND c.sync_id = s.sync_id AND c.state = 'open'),
  (SELECT concat(max(r.run_id), ' ', max(r.decided_at)) FROM run r
    WHERE r.account_id = s.account_id AND r.sync_id = s.sync_id AND r.held_reason IS NOT NULL),
  (SELECT md5(string_agg(t.state || t.list_no, ',' ORDER BY t.list_no)) FROM list t
    WHERE t.account_id = s.account_id))
FROM sync s
JOIN account a USING (account_id)
WHERE s.account_id = :account AND s.sync_id = :sync
