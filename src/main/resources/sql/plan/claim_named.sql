-- Whoever a removal list names leaves also where staff made the membership by hand.
UPDATE membership k
SET owned = true, adopted = true
FROM member m
JOIN sync_group g
  ON g.account_id = m.account_id AND g.sync_id = m.sync_id AND g.group_name = m.group_name
WHERE m.account_id = :account AND m.sync_id = :sync AND m.named_gone AND NOT m.present
  AND k.account_id = m.account_id AND k.list_no = g.list_no AND k.address = m.address
  AND NOT k.owned
