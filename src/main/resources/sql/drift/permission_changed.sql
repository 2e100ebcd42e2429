-- Who may be mailed otherwise than was known, in either direction.
INSERT INTO drift (account_id, run_id, kind, address, contact_id, member_key, detail)
SELECT :account, :run, 'permissionChanged', c.address, s.contact_id, c.member_key,
  CASE
    WHEN s.unsubscribed THEN 'unsubscribed by the ' || lower(coalesce(s.opt_out_by, 'contact'))
    WHEN c.permission = 'unsubscribed' THEN 'was unsubscribed, and is ' || s.permission || ' again'
    ELSE 'was ' || c.permission || ', is ' || s.permission
  END
FROM contact c
JOIN seen s ON s.address = c.address AND NOT s.deleted
WHERE c.account_id = :account AND NOT c.deleted
  AND c.permission <> CASE WHEN s.unsubscribed THEN 'unsubscribed' ELSE s.permission END
