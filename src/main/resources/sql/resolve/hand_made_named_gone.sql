-- Whom a removal list names leaves by its word, whoever put the member there.
UPDATE hand_made h
SET taken_by = 'a removal list', taken_at = :now
WHERE h.account_id = :account AND h.sync_id = :sync AND h.taken_at IS NULL
  AND (
    EXISTS (
      SELECT FROM departed d
      WHERE d.member_key = h.member_key AND d.group_name = h.group_name)
    OR EXISTS (
      SELECT FROM ${staged} s
      WHERE s.member_key = h.member_key AND (s.group_name = :none OR s.group_name = h.group_name)))
