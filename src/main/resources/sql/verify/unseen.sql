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
FROM batch b
CROSS JOIN LATERAL unnest(b.addresses) AS taken(address)
JOIN change d
  ON d.account_id = b.account_id AND d.run_id = b.run_id AND d.action = 'remove'
  AND d.address = taken.address
WHERE b.account_id = :account AND b.run_id = :run AND b.kind = 'remove' AND b.state = 'done'
  AND d.outcome IS NULL
  AND EXISTS (
    SELECT FROM membership k
    WHERE k.account_id = d.account_id AND k.address = d.address AND k.list_no = ANY (d.lists))
