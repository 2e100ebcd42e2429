-- Takes over new and changed hand-made rows. The member's own row may carry what a conflict or a
-- shared address made of it; here stands what the source says.
INSERT INTO member AS m (
  account_id, sync_id, member_key, group_name, digest, present, address, address_since, email, reason, detail,
  rank, login, sort_name, parent_key, display_name, opt_in_at, opt_in_source, opt_in_flaw,
  fields, fields_digest, group_winner, contact_winner, by_hand)
SELECT
  :account, :sync, w.member_key, w.group_name, w.digest, true,
  coalesce(b.source_address, b.address), now(), b.email, w.reason, w.detail,
  b.rank, b.login, b.sort_name, b.parent_key, b.display_name,
  b.opt_in_at, b.opt_in_source, b.opt_in_flaw,
  coalesce(b.own_fields, b.fields), hashtextextended(coalesce(b.own_fields, b.fields), 0),
  w.reason IS NULL, w.reason IS NULL, true
FROM delta d
JOIN hand_made_wanted w ON w.member_key = d.member_key AND w.group_name = d.group_name
JOIN member b
  ON b.account_id = :account AND b.sync_id = :sync
  AND b.member_key = w.member_key AND b.group_name = w.base_group
${part/taken_over}
