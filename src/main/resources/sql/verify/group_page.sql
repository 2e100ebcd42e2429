-- The members of a page by their keys, with everything the page of a group tells of them.
SELECT v.member_key, m.display_name, v.email, v.status, v.reason, v.detail, v.at,
  w.member_key AS winner_key, w.display_name AS winner_name, o.others, o.more,
  m.opted_out OR coalesce(m.reason IN ('MARKETING_OPT_OUT', 'OPTED_OUT_ELSEWHERE'), false)
    AS do_not_send,
  coalesce(c.permission = 'unsubscribed', false) AS unsubscribed, c.opt_out_at
FROM member m
JOIN member_status v
  ON v.account_id = m.account_id AND v.sync_id = m.sync_id AND v.group_name = m.group_name
  AND v.member_key = m.member_key
LEFT JOIN contact c ON c.account_id = m.account_id AND c.address = m.address
LEFT JOIN member w
  ON w.account_id = m.account_id AND w.sync_id = m.sync_id AND w.address = m.address
  AND w.contact_winner
LEFT JOIN LATERAL (
  SELECT string_agg(name, '; ' ORDER BY name) FILTER (WHERE place <= 3) AS others,
    greatest(count(*) - 3, 0) AS more
  FROM (
    SELECT coalesce(max(s.display_name), s.member_key) || ' (' || s.member_key || ')' AS name,
      row_number() OVER (ORDER BY s.member_key) AS place
    FROM (
      SELECT a.member_key, a.display_name FROM member a
      WHERE a.account_id = m.account_id AND a.sync_id = m.sync_id AND a.address = m.address
        AND a.present AND a.member_key NOT IN (m.member_key, coalesce(w.member_key, m.member_key))
      LIMIT 300
    ) s
    GROUP BY s.member_key
  ) each
) o ON true
WHERE m.account_id = :account AND m.sync_id = :sync AND m.group_name = :group
  AND m.member_key = ANY (:keys)
  AND v.account_id = :account AND v.sync_id = :sync AND v.group_name = :group
  AND v.member_key = ANY (:keys)
ORDER BY m.member_key
