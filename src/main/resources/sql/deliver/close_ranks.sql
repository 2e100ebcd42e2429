-- The provider names a row by its place among those that were sent, so the order may have no gaps.
WITH rest AS (
  DELETE FROM dispatch
  WHERE account_id = :account AND run_id = :run
  RETURNING ord, parcel, address, whole, fields
)
INSERT INTO dispatch (account_id, run_id, ord, parcel, address, whole, fields)
SELECT :account, :run, row_number() OVER (ORDER BY ord), parcel, address, whole, fields
FROM rest
