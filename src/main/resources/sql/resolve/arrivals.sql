-- Takes over new and changed rows. Both winner marks start true for an eligible row and are
-- taken away from the losers of a shared address by winners.sql in the same transaction.
INSERT INTO member AS m (
  account_id, sync_id, member_key, group_name, digest, present, address, address_since, email, reason, detail,
  rank, login, sort_name, parent_key, display_name, opt_in_at, opt_in_source, opt_in_flaw,
  fields, fields_digest, group_winner, contact_winner, opted_out, elsewhere)
SELECT
  :account, :sync, s.member_key, s.group_name, s.digest, true, j.a, now(), j.e, j.r, j.d,
  j.k, coalesce(j.l, false), j.s, j.p, j.n, j.o, j.os, j.fl,
  coalesce(j.c::text, '{}'), hashtextextended(coalesce(j.c::text, '{}'), 0),
  j.r IS NULL, j.r IS NULL, coalesce(j.x, false), j.h
FROM delta d
JOIN ${staged} s ON s.member_key = d.member_key AND s.group_name = d.group_name
CROSS JOIN LATERAL json_to_record(s.data::json) AS j(
  a text, e text, r text, d text, k smallint, l boolean, s text, p text, n text,
  o timestamptz, os text, fl text, c json, x boolean, h text)
ON CONFLICT (account_id, sync_id, member_key, group_name) DO UPDATE SET
  digest = excluded.digest,
  present = true,
  named_gone = false,
  address = excluded.address,
  address_since = CASE WHEN m.address IS DISTINCT FROM excluded.address THEN now()
    ELSE m.address_since END,
  source_address = NULL,
  email = excluded.email,
  reason = excluded.reason,
  detail = excluded.detail,
  rank = excluded.rank,
  login = excluded.login,
  sort_name = excluded.sort_name,
  parent_key = excluded.parent_key,
  display_name = excluded.display_name,
  opt_in_at = excluded.opt_in_at,
  opt_in_source = excluded.opt_in_source,
  opt_in_flaw = excluded.opt_in_flaw,
  fields = excluded.fields,
  fields_digest = excluded.fields_digest,
  own_fields = NULL,
  group_winner = excluded.group_winner,
  contact_winner = excluded.contact_winner,
  opted_out = excluded.opted_out,
  by_hand = false,
  elsewhere = excluded.elsewhere
