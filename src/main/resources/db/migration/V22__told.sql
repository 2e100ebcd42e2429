-- A member's status in a group with everything that is told beside it: who asked the person to come
-- back, mail that came back, who put the member into the group by hand.
CREATE VIEW member_told AS
SELECT v.account_id, v.sync_id, v.member_key, v.group_name, v.email, v.list, v.status, v.reason,
  nullif(concat_ws('; ', v.detail, n.note), '') AS detail, v.at,
  b.code AS bounce_code, b.at AS bounced_at,
  h.made_by, h.made_at
FROM member_status v
LEFT JOIN hand_made h
  ON h.account_id = v.account_id AND h.sync_id = v.sync_id AND h.member_key = v.member_key
  AND h.group_name = v.group_name AND h.taken_at IS NULL
LEFT JOIN (
  SELECT DISTINCT ON (b.account_id, b.sync_id, b.address) b.account_id, b.sync_id, b.address,
    CASE
      WHEN b.asked_reason = 'no answer' THEN 'asked to confirm on ' || d.asked
        || ', the provider''s answer did not come; waiting for the person'
      WHEN b.asked_reason IS NOT NULL
        THEN 'the provider had asked before and asks once only; waiting for the person'
      WHEN b.asked_at IS NOT NULL THEN 'asked to confirm on ' || d.asked || '; waiting for the person'
      WHEN NOT b.fresh THEN NULL
      WHEN b.opt_in_flaw = 'no source'
        THEN 'consent of ' || d.given || ' does not count: opt_in_source is missing'
      WHEN b.opt_in_flaw = 'no time zone'
        THEN 'consent of ' || d.given || ' does not count: opt_in_at has no time zone'
      WHEN b.opt_in_at > now() THEN 'consent does not count: opt_in_at lies in the future'
      ELSE 'consent of ' || d.given || '; is asked to confirm with the next run'
    END AS note
  FROM coming_back b
  CROSS JOIN LATERAL (
    SELECT to_char(b.asked_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS asked,
      to_char(b.opt_in_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS given
  ) d
  WHERE b.asked_at IS NOT NULL OR b.opt_in_at IS NOT NULL
  ORDER BY b.account_id, b.sync_id, b.address, b.due DESC NULLS LAST, b.fresh DESC NULLS LAST,
    b.opt_in_at DESC NULLS LAST
) n
  ON n.account_id = v.account_id AND n.sync_id = v.sync_id AND n.address = v.email
  AND v.status = 'unsubscribed'
LEFT JOIN bounced b ON b.account_id = v.account_id AND b.address = v.email;
