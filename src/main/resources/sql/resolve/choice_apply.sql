UPDATE member m
SET reason = CASE WHEN NOT d.selected THEN 'GROUP_NOT_SELECTED' END,
  detail = NULL,
  address = coalesce(m.source_address, m.address),
  address_since = CASE WHEN m.source_address IS NULL THEN m.address_since ELSE now() END,
  source_address = NULL,
  group_winner = d.selected,
  contact_winner = d.selected
FROM delta d
WHERE m.account_id = :account AND m.sync_id = :sync
  AND m.member_key = d.member_key AND m.group_name = d.group_name
