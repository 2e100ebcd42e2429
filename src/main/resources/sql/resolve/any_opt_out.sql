-- Whether anybody opted out at the source, now or until now.
SELECT EXISTS (
  SELECT FROM member
  WHERE account_id = :account AND sync_id = :sync
    AND (opted_out OR reason = 'OPTED_OUT_ELSEWHERE'))
