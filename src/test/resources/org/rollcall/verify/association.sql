-- An association of @members@ members: one in 10 inactive, one in 50 shares an address, one in 100 is
-- unsubscribed, one in 200 is pending, one in 1000 failed; and a small group.
INSERT INTO account (name) VALUES ('main');
INSERT INTO sync (account_id, name) VALUES (1, 'chamber');
INSERT INTO list (account_id, name, provider_id, state) VALUES (1, 'All Members', 'a', 'live'), (1, 'Board', 'b', 'live');
INSERT INTO sync_group SELECT 1, 1, 'Group ' || n, 1, n % 2 = 0 FROM generate_series(1, 500) n;
INSERT INTO sync_group VALUES (1, 1, 'All Members', 1, true), (1, 1, 'Board', 2, true), (1, 1, 'Harbour', 2, true);
INSERT INTO member (account_id, sync_id, member_key, group_name, digest, present, address, address_since, email, reason,
  rank, login, sort_name, display_name, fields, fields_digest, group_winner, contact_winner)
SELECT 1, 1, 'm' || lpad(n::text, 7, '0'), g, n, true, 'm' || a || '@example.org', now(), 'm' || a || '@example.org',
  CASE WHEN n = 7 THEN 'ERASED_ON_REQUEST' WHEN n % 10 = 0 THEN 'INACTIVE_MEMBER' END,
  4, false, 'last ' || n || chr(1) || 'first', 'First Last ' || n, '{}', n, n % 10 <> 0 AND a = n AND n <> 7, n % 10 <> 0 AND a = n AND n <> 7 AND g = 'All Members'
FROM (SELECT n, CASE WHEN n % 50 = 3 THEN n - 1 ELSE n END AS a FROM generate_series(1, @members@) n) s
JOIN (VALUES ('All Members', 1), ('Board', 500)) v (g, each) ON n % each = 0;
INSERT INTO contact (account_id, address, contact_id, permission, opt_out_at, opt_out_by, owner_sync, sent_digest, seen_at)
SELECT 1, address, 'c' || member_key, CASE WHEN digest % 100 = 1 THEN 'unsubscribed' ELSE 'implicit' END,
  CASE WHEN digest % 100 = 1 THEN now() END, CASE WHEN digest % 100 = 1 THEN 'CONTACT' END, 1, fields_digest, now()
FROM member WHERE contact_winner AND digest % 1000 <> 5;
INSERT INTO membership (account_id, list_no, address, owned, confirmed_at)
SELECT 1, 1, address, true, now() FROM member WHERE contact_winner AND digest % 200 <> 6 AND digest % 1000 <> 5 AND digest % 100 <> 1;
INSERT INTO failure (account_id, sync_id, address, fields_digest, reason, at)
SELECT 1, 1, address, fields_digest, 'The address is not accepted', now() FROM member WHERE contact_winner AND digest % 1000 = 5;
INSERT INTO run (account_id, sync_id, job, state, started_at, finished_at, counts)
SELECT 1, 1, 'contacts', 'completed', now() - n * interval '1 day', now() - n * interval '1 day', '{"requests": 40}' FROM generate_series(0, 400) n;
