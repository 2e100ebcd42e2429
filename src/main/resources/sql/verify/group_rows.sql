-- Every member of a group, for a file.
SELECT v.member_key, m.display_name, v.email, v.status, v.reason, v.detail, v.at,
  m.opted_out OR coalesce(m.reason IN ('MARKETING_OPT_OUT', 'OPTED_OUT_ELSEWHERE'), false)
    AS do_not_send,
  coalesce(c.permission = 'unsubscribed', false) AS unsubscribed, c.opt_out_at,
  w.member_key AS winner_key, w.display_name AS winner_name
FROM member_status v
JOIN member m
  ON m.account_id = v.account_id AND m.sync_id = v.sync_id AND m.group_name = v.group_name
  AND m.member_key = v.member_key
LEFT JOIN contact c ON c.account_id = m.account_id AND c.address = m.address
LEFT JOIN member w
  ON w.account_id = m.account_id AND w.sync_id = m.sync_id AND w.address = m.address
  AND w.contact_winner
WHERE v.account_id = :account AND v.sync_id = :sync AND v.group_name = :group
ORDER BY v.member_key
