-- Memberships that the provider no longer holds.
DELETE FROM membership k
USING seen s
WHERE k.account_id = :account AND k.address = s.address
  AND NOT EXISTS (
    SELECT
    FROM list t
    WHERE t.account_id = k.account_id AND t.list_no = k.list_no
      AND coalesce(t.provider_id, t.met_id) = ANY (string_to_array(s.lists, ',')))
