-- Delivered changes whose effect cannot be seen at the provider yet.
SELECT d.address
FROM change d
LEFT JOIN contact c ON c.account_id = d.account_id AND c.address = d.address
WHERE d.account_id = :account AND d.run_id = :run AND d.action = 'import' AND d.outcome IS NULL
  AND (c.address IS NULL OR c.deleted
    OR (SELECT count(*) FROM membership k
        WHERE k.account_id = d.account_id AND k.address = d.address
          AND k.list_no = ANY (d.lists)) < cardinality(d.lists))
UNION
SELECT d.address
FROM change d
JOIN batch b
  ON b.account_id = d.account_id AND b.run_id = d.run_id AND b.kind = 'remove'
  AND b.state = 'done' AND d.address = ANY (b.addresses)
WHERE d.account_id = :account AND d.run_id = :run AND d.action = 'remove' AND d.outcome IS NULL
  AND EXISTS (
    SELECT FROM membership k
    WHERE k.account_id = d.account_id AND k.address = d.address AND k.list_no = ANY (d.lists))
