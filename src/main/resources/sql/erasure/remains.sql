-- What the provider is known to hold under the person's addresses.
SELECT a.name AS account, c.contact_id, c.address, c.permission, c.deleted,
  coalesce((
    SELECT string_agg(t.name, ', ' ORDER BY t.name)
    FROM membership k
    JOIN list t ON t.account_id = k.account_id AND t.list_no = k.list_no
    WHERE k.account_id = c.account_id AND k.address = c.address), '') AS lists
FROM contact c
JOIN account a ON a.account_id = c.account_id
WHERE c.address = ANY (:addresses) AND NOT c.deleted
ORDER BY a.name, c.address
