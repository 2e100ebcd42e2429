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
${part/taken_over}
