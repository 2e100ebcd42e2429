-- Contacts of a removal that were in removals from the same lists which broke, in so many runs before.
SELECT a.address
FROM unnest(:addresses) AS a(address)
WHERE (
  SELECT count(DISTINCT b.run_id)
  FROM batch b
  WHERE b.account_id = :account AND b.kind = 'remove' AND b.state = 'lost' AND b.run_id < :run
    AND b.lists && :lists AND a.address = ANY (b.addresses)) >= :times
