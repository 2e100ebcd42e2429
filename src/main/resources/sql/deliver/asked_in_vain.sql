-- Asked twice for the same opt-out without ever hearing of an answer: not a third time.
INSERT INTO consent (
  account_id, consent_id, what, system, address, contact_id, at, seen_at, reason, opt_out)
SELECT o.account_id, md5('asked after ' || o.consent_id), 'resubscribe_asked', 'hub', o.address,
  o.contact_id, max(b.intended_at), :now, 'no answer', o.consent_id
FROM batch b
JOIN consent o ON o.account_id = b.account_id AND o.consent_id = b.opt_out
WHERE b.account_id = :account AND b.opt_out IS NOT NULL AND b.state = 'lost'
GROUP BY o.account_id, o.consent_id
HAVING count(*) >= 2
ON CONFLICT DO NOTHING
