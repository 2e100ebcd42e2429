-- What the sync's opt-outs route has not had yet: what people did at the provider, in its order. A
-- dead letter that was replayed goes again.
SELECT k.ord, k.attempts, k.consent_id || ':' || k.member_key AS id, e.what, k.member_key,
  e.address, e.at, e.seen_at, e.by, e.reason
FROM consent_member k
JOIN consent e ON e.account_id = k.account_id AND e.consent_id = k.consent_id
LEFT JOIN dead_letter d ON d.account_id = k.account_id AND d.dead_letter_id = k.dead_letter
WHERE k.account_id = :account AND k.sync_id = :sync AND k.handed_at IS NULL AND k.ord > :after
  AND e.system = 'provider' AND (k.dead_letter IS NULL OR d.state = 'replayed')
ORDER BY k.ord
LIMIT :most
