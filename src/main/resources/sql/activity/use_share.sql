INSERT INTO activity_day AS d (account_id, day, used)
VALUES (:account, :day::date, :used)
ON CONFLICT (account_id, day) DO UPDATE SET used = d.used + excluded.used
