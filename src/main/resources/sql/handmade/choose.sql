-- Chooses members; of those who are not known to be in the source, only whoever is.
INSERT INTO draft_member (account_id, sync_id, made_by, member_key)
SELECT d.account_id, d.sync_id, d.made_by, k.member_key
FROM draft d
CROSS JOIN (SELECT DISTINCT unnest(:keys::text[]) AS member_key) k
WHERE d.account_id = :account AND d.sync_id = :sync AND d.made_by = :by
  AND (:known OR EXISTS (
    SELECT FROM member m
    WHERE m.account_id = d.account_id AND m.sync_id = d.sync_id AND m.member_key = k.member_key
      AND m.present))
ON CONFLICT DO NOTHING
