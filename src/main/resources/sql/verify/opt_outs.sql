-- Evidence of every opt-out that was seen (invariant 1). Its id comes from the contact and the
-- provider's time; where the provider tells no time, from how often the contact has come back.
INSERT INTO consent (
  account_id, consent_id, what, system, address, contact_id, at, seen_at, by, reason)
SELECT :account::int,
  md5('opt-out ' || s.contact_id || ' ' || CASE
    WHEN s.opt_out_at IS NOT NULL THEN (extract(epoch FROM s.opt_out_at) * 1000)::bigint::text
    ELSE 'undated ' || (
      SELECT count(*)
      FROM consent b
      WHERE b.account_id = :account AND b.contact_id = s.contact_id AND b.system = 'provider'
        AND b.what IN ('opt_in', 'resubscribed'))
  END),
  'opt_out', 'provider', s.address, s.contact_id, coalesce(s.opt_out_at, :now::timestamptz),
  :now::timestamptz, s.opt_out_by, s.opt_out_reason
FROM seen s
WHERE s.unsubscribed
ORDER BY s.opt_out_at
ON CONFLICT DO NOTHING
