-- The memberships of these lists are known from now on.
UPDATE list
SET known_id = coalesce(provider_id, met_id)
WHERE account_id = :account AND known_id IS DISTINCT FROM coalesce(provider_id, met_id)
