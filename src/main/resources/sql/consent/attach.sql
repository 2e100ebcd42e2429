-- Whose opt-outs these are: of every member with the address, or with the one that the contact
-- carries now, or with an earlier one whose opt-out counts as the member's (carry_opt_outs). An
-- opt-out that was taken back before a member came to the address is not that member's. Each way is
-- a join of its own, so that a large ledger is hashed and not looked up entry by entry.
WITH entry AS (
  SELECT e.consent_id, e.ord, e.address, e.contact_id
  FROM consent e
  WHERE e.account_id = :account AND e.what = 'opt_out'
    AND (:since::timestamptz IS NULL OR e.seen_at >= :since)
), standing AS (
  SELECT e.*
  FROM entry e
  WHERE NOT EXISTS (
    SELECT
    FROM consent b
    WHERE b.account_id = :account AND b.opt_out = e.consent_id AND b.system = 'provider')
), found AS (
  SELECT e.consent_id, e.ord, m.member_key
  FROM standing e
  JOIN member m ON m.account_id = :account AND m.sync_id = :sync AND m.address = e.address
  UNION
  SELECT e.consent_id, e.ord, m.member_key
  FROM standing e
  JOIN contact c
    ON c.account_id = :account AND c.contact_id = e.contact_id AND c.address <> e.address
    AND NOT c.deleted
  JOIN member m ON m.account_id = :account AND m.sync_id = :sync AND m.address = c.address
  UNION
  SELECT e.consent_id, e.ord, f.member_key
  FROM former_address f
  JOIN entry e ON e.address = f.address
  WHERE f.account_id = :account AND f.sync_id = :sync AND f.opted_out
)
INSERT INTO consent_member (account_id, sync_id, consent_id, member_key)
SELECT :account, :sync, found.consent_id, found.member_key
FROM found
WHERE NOT EXISTS (
  SELECT
  FROM consent_member k
  WHERE k.account_id = :account AND k.sync_id = :sync AND k.consent_id = found.consent_id
    AND k.member_key = found.member_key)
ORDER BY found.ord, found.member_key
ON CONFLICT DO NOTHING
