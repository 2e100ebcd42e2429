-- Evidence of every opt-out that was seen (invariant 1).
INSERT INTO opt_out (account_id, address, at, by, reason, seen_at)
SELECT :account::int, address, coalesce(opt_out_at, :now::timestamptz), opt_out_by, opt_out_reason,
  :now::timestamptz
FROM seen
WHERE unsubscribed
  AND NOT EXISTS (
    SELECT FROM opt_out o
    WHERE o.account_id = :account AND o.address = seen.address
      AND (seen.opt_out_at IS NULL OR o.at = seen.opt_out_at))
ON CONFLICT DO NOTHING
