-- Contacts who had opted out and are mailable again: by the provider's re-subscription when it was
-- asked for, otherwise in a way of their own, such as a form. Once per opt-out.
INSERT INTO consent (
  account_id, consent_id, what, system, address, contact_id, at, seen_at, by, opt_out)
SELECT :account::int, md5('back after ' || o.consent_id),
  CASE WHEN a.consent_id IS NULL THEN 'opt_in' ELSE 'resubscribed' END, 'provider',
  s.address, s.contact_id,
  CASE WHEN s.opt_in_at >= o.at THEN s.opt_in_at ELSE :now::timestamptz END, :now::timestamptz,
  s.opt_in_by, o.consent_id
FROM seen s
JOIN consent o
  ON o.account_id = :account AND o.contact_id = s.contact_id AND o.what = 'opt_out'
LEFT JOIN consent a
  ON a.account_id = o.account_id AND a.opt_out = o.consent_id AND a.what = 'resubscribe_asked'
WHERE NOT s.unsubscribed AND NOT s.deleted AND s.permission <> 'pending_confirmation'
  AND NOT EXISTS (
    SELECT
    FROM consent later
    WHERE later.account_id = o.account_id AND later.contact_id = o.contact_id
      AND later.what = 'opt_out' AND (later.at, later.ord) > (o.at, o.ord))
ON CONFLICT DO NOTHING
