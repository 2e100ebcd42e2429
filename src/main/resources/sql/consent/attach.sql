-- Whose opt-outs these are: of every member with the address, or with the one that the contact
-- carries now, or with an earlier one whose opt-out counts as the member's (carry_opt_outs). An
-- opt-out that was taken back before a member came to the address is not that member's.
INSERT INTO consent_member (account_id, sync_id, consent_id, member_key)
SELECT :account, :sync, found.consent_id, found.member_key
FROM (
  SELECT e.consent_id, e.ord, m.member_key
  FROM consent e
  LEFT JOIN contact c
    ON c.account_id = e.account_id AND c.contact_id = e.contact_id AND NOT c.deleted
  CROSS JOIN LATERAL (SELECT e.address UNION SELECT c.address) AS a(address)
  JOIN member m ON m.account_id = e.account_id AND m.address = a.address AND m.sync_id = :sync
  WHERE e.account_id = :account AND e.what = 'opt_out'
    AND (:since::timestamptz IS NULL OR e.seen_at >= :since)
    AND NOT EXISTS (
      SELECT
      FROM consent b
      WHERE b.account_id = e.account_id AND b.opt_out = e.consent_id AND b.system = 'provider')
  UNION
  SELECT e.consent_id, e.ord, f.member_key
  FROM former_address f
  JOIN consent e
    ON e.account_id = f.account_id AND e.address = f.address AND e.what = 'opt_out'
    AND (:since::timestamptz IS NULL OR e.seen_at >= :since)
  WHERE f.account_id = :account AND f.sync_id = :sync AND f.opted_out
) found
WHERE NOT EXISTS (
  SELECT
  FROM consent_member k
  WHERE k.account_id = :account AND k.sync_id = :sync AND k.consent_id = found.consent_id
    AND k.member_key = found.member_key)
ORDER BY found.ord, found.member_key
ON CONFLICT DO NOTHING
