-- Fields whose last word at the provider is not certain any more (invariant 4).
UPDATE contact c
SET sent_digest = NULL
FROM dispatch d
WHERE d.account_id = :account AND d.run_id = :run AND d.ord BETWEEN :from AND :to AND d.whole
  AND c.account_id = d.account_id AND c.address = d.address
