-- Whether anything was made by hand, or still has to go that was.
SELECT EXISTS (
    SELECT FROM hand_made h
    WHERE h.account_id = :account AND h.sync_id = :sync AND h.taken_at IS NULL)
  OR EXISTS (
    SELECT FROM member m
    WHERE m.account_id = :account AND m.sync_id = :sync AND m.by_hand AND m.present)
