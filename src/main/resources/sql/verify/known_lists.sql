-- The memberships of these lists are known from now on, but for those of people who were erased here
-- and whose contacts the provider still holds.
UPDATE list t
SET known_id = now.id, erased = now.erased
FROM (
  SELECT l.list_no, coalesce(l.provider_id, l.met_id) AS id, coalesce(e.contacts, 0) AS erased
  FROM list l
  LEFT JOIN unnest(:ids::text[], :counts::bigint[]) AS e(id, contacts)
    ON e.id = coalesce(l.provider_id, l.met_id)
  WHERE l.account_id = :account
) now
WHERE t.account_id = :account AND t.list_no = now.list_no
  AND (t.known_id, t.erased) IS DISTINCT FROM (now.id, now.erased)
