-- These memberships are left alone until a person replays the dead letter.
WITH left_alone AS (
  UPDATE membership
  SET dead_letter = :letter
  WHERE account_id = :account AND address = ANY (:addresses) AND list_no = ANY (:lists)
)
UPDATE change
SET outcome = 'failed', reason = :reason
WHERE account_id = :account AND run_id = :run AND action = 'remove' AND address = ANY (:addresses)
