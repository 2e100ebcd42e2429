-- An opt-out that only the report tells so far. One that a contact has taken back since, as the
-- account was last read, is past and no news.
INSERT INTO consent (
  account_id, consent_id, what, system, address, contact_id, at, seen_at, by, reason, campaign_no)
SELECT DISTINCT ON (k.contact_id, a.at) a.account_id,
  md5('opt-out ' || k.contact_id || ' ' || (extract(epoch FROM a.at) * 1000)::bigint::text),
  'opt_out', 'provider', coalesce(c.address, k.address), k.contact_id, a.at, :now::timestamptz,
  'Contact', a.code, m.campaign_no
FROM activity a
JOIN activity_contact k ON k.account_id = a.account_id AND k.contact_no = a.contact_no
JOIN mailing m ON m.account_id = a.account_id AND m.mailing_no = a.mailing_no
JOIN account y ON y.account_id = a.account_id
LEFT JOIN contact c ON c.account_id = a.account_id AND c.contact_id = k.contact_id
LEFT JOIN contact d ON d.account_id = a.account_id AND d.address = k.address
WHERE a.account_id = :account AND a.kind = 'opt_out' AND a.activity_no > :after
  AND coalesce(c.address, k.address) IS NOT NULL
  AND (coalesce(c.permission, d.permission, 'unsubscribed') = 'unsubscribed'
    OR a.at > y.pulled_until - interval '10 minutes')
  AND NOT EXISTS (
    SELECT
    FROM consent e
    WHERE e.account_id = a.account_id AND e.contact_id = k.contact_id AND e.what = 'opt_out'
      AND e.system = 'provider'
      AND a.at BETWEEN e.at - interval '1 day' AND e.at + interval '1 day')
ORDER BY k.contact_id, a.at, m.campaign_no
ON CONFLICT DO NOTHING
