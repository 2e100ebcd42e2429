INSERT INTO batch (
  account_id, run_id, kind, lists, from_ord, to_ord, addresses, opt_out, state, intended_at)
VALUES (
  :account, :run, 'resubscribe', :lists, 0, 0, :addresses, :optOut, 'intended', :now)
RETURNING batch_id
