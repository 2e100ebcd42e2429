-- Until a move is known to be done, it counts as waiting.
UPDATE change
SET outcome = 'waiting'
WHERE account_id = :account AND run_id = :run AND action = 'move' AND outcome IS NULL
