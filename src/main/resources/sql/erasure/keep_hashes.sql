-- Keeps the hashes of one person together: those that were known before move to the new erasure.
WITH before AS (
  SELECT DISTINCT erasure_id FROM erasure_hash WHERE hash = ANY (:hashes)
), all_known AS (
  SELECT h.hash FROM erasure_hash h JOIN before USING (erasure_id)
  UNION
  SELECT unnest(:hashes::bytea[])
)
INSERT INTO erasure_hash (hash, erasure_id)
SELECT hash, :id::int FROM all_known
ON CONFLICT (hash) DO UPDATE SET erasure_id = excluded.erasure_id
