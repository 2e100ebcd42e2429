DELETE FROM activity WHERE account_id = :account AND at < :oldest::timestamptz
