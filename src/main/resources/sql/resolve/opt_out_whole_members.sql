-- A marketing opt-out is the member's, whichever of its rows says so. Only members of whom a row
-- came, changed or went are looked at; the opt-out of no other can have changed.
WITH touched AS (
  SELECT member_key FROM delta
  UNION
  SELECT member_key FROM departed
), said AS (
  SELECT o.member_key, min(o.group_name) AS group_name
  FROM touched t
  JOIN member o
    ON o.account_id = :account AND o.sync_id = :sync AND o.member_key = t.member_key
  WHERE o.opted_out AND o.present
  GROUP BY o.member_key
), opted_out AS (
  UPDATE member m
  SET reason = 'OPTED_OUT_ELSEWHERE', detail = nullif('in group ' || s.group_name, 'in group '),
    group_winner = false, contact_winner = false
  FROM said s
  WHERE m.account_id = :account AND m.sync_id = :sync AND m.member_key = s.member_key
    AND m.present AND (m.reason IS NULL OR m.reason IN ('SILENT', 'NOT_SILENT', 'ADDRESS_BOUNCED'))
  RETURNING m.address
), back AS (
  UPDATE member m
  SET reason = NULL, detail = NULL, group_winner = true, contact_winner = true
  FROM touched t
  WHERE m.account_id = :account AND m.sync_id = :sync AND m.member_key = t.member_key
    AND m.present AND m.reason = 'OPTED_OUT_ELSEWHERE'
    AND NOT EXISTS (SELECT FROM said s WHERE s.member_key = m.member_key)
  RETURNING m.address
)
INSERT INTO affected (address)
SELECT address FROM opted_out UNION SELECT address FROM back
