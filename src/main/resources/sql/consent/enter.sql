INSERT INTO consent (
  account_id, consent_id, what, system, address, contact_id, at, seen_at, by, reason, opt_out)
VALUES (
  :account, md5(:key), :what, :system, :address, :contact, :at, :now, :by, :reason, :optOut)
ON CONFLICT DO NOTHING
