-- A list that is gone is one difference, not one for each contact that was on it.
DELETE FROM drift d
USING drift l
WHERE d.account_id = :account AND d.run_id = :run AND d.kind = 'membershipLost'
  AND l.account_id = d.account_id AND l.run_id = d.run_id AND l.kind = 'listDeleted'
  AND l.list_no = d.list_no
