UPDATE membership
SET address = :to
WHERE account_id = :account AND address = :from
