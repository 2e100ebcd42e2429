-- Identifies exactly this plan; an approval of the whole covers no other.
SELECT md5(string_agg(
  concat_ws('|', c.action, c.address, c.former, c.fields_digest, array_to_string(c.lists, ',')),
  ';' ORDER BY c.action, c.address))
FROM change c
WHERE c.account_id = :account AND c.run_id = :run
