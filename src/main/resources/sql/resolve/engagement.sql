-- What the rules about engagement make of every row that is eligible otherwise. Whoever unsubscribed is
-- shown as unsubscribed, and fresh consent is an answer. Only rows are marked here; from lists they go by
-- the plan, under the guard, and nobody is unsubscribed.
WITH judged AS (
  SELECT m.member_key, m.group_name, v.reason,
    CASE v.reason
      WHEN 'ADDRESS_BOUNCED' THEN 'does not exist: the mailing of '
        || to_char(b.at AT TIME ZONE 'UTC', 'YYYY-MM-DD') || ' came back (' || b.code
        || '); correct it in the member database'
      WHEN 'SILENT' THEN 'no open and no click since the mailing of '
        || to_char(w.since AT TIME ZONE 'UTC', 'YYYY-MM-DD')
    END AS detail
  FROM member m
  LEFT JOIN contact c ON c.account_id = m.account_id AND c.address = m.address AND NOT c.deleted
  LEFT JOIN activity_contact k ON k.account_id = c.account_id AND k.contact_id = c.contact_id
  LEFT JOIN silence w
    ON w.account_id = m.account_id AND w.sync_id = m.sync_id AND w.contact_no = k.contact_no
    AND (m.opt_in_at IS NULL OR m.opt_in_at <= w.since)
  LEFT JOIN bounced b
    ON :reachable AND b.account_id = m.account_id AND b.address = m.address AND b.code IN ('B', 'S')
  CROSS JOIN LATERAL (
    SELECT CASE
      WHEN c.permission = 'unsubscribed' THEN NULL
      WHEN b.code IS NOT NULL THEN 'ADDRESS_BOUNCED'
      WHEN w.since IS NOT NULL AND m.group_name = ANY (:without::text[]) THEN 'SILENT'
      WHEN w.since IS NULL AND m.group_name = ANY (:only::text[]) THEN 'NOT_SILENT'
    END AS reason
  ) v
  WHERE m.account_id = :account AND m.sync_id = :sync AND m.present
    AND (m.reason IS NULL OR m.reason IN ('SILENT', 'NOT_SILENT', 'ADDRESS_BOUNCED'))
), marked AS (
  UPDATE member m
  SET reason = j.reason, detail = j.detail,
    group_winner = j.reason IS NULL, contact_winner = j.reason IS NULL
  FROM judged j
  WHERE m.account_id = :account AND m.sync_id = :sync
    AND m.member_key = j.member_key AND m.group_name = j.group_name
    AND (m.reason IS DISTINCT FROM j.reason
      OR m.reason IS NOT NULL AND m.detail IS DISTINCT FROM j.detail)
  RETURNING m.address
)
INSERT INTO affected (address)
SELECT DISTINCT address FROM marked
