-- What engagement decides: who has answered nothing for long, and whose address came back.

ALTER TABLE account ADD COLUMN activities_at timestamptz;
COMMENT ON COLUMN account.activities_at IS 'what was done until then is known; empty: activities were never read to the end';

-- Contacts that answered no mailing for as long as a sync's rules ask. It is remembered, because whoever
-- left a list for it gets no further mailing, and what is known is forgotten in time.
CREATE TABLE silence (
  account_id int NOT NULL,
  sync_id    int NOT NULL,
  contact_no bigint NOT NULL,
  since      timestamptz NOT NULL,
  PRIMARY KEY (account_id, sync_id, contact_no),
  FOREIGN KEY (account_id, contact_no) REFERENCES activity_contact ON DELETE CASCADE
);
COMMENT ON COLUMN silence.since IS 'the first mailing that was not answered';

-- The first mailing after a contact's last open, click or forward, and how many came since. One that came
-- back was not got by anybody.
CREATE VIEW unanswered AS
SELECT a.account_id, a.contact_no, min(a.at) AS since, count(*) AS mailings
FROM activity a
LEFT JOIN (
  SELECT s.account_id, s.contact_no, max(s.at) AS at
  FROM activity s
  WHERE s.kind IN ('open', 'click', 'forward')
  GROUP BY s.account_id, s.contact_no
) answer ON answer.account_id = a.account_id AND answer.contact_no = a.contact_no
WHERE a.kind = 'send' AND (answer.at IS NULL OR a.at > answer.at)
  AND NOT EXISTS (
    SELECT
    FROM activity b
    WHERE b.account_id = a.account_id AND b.contact_no = a.contact_no
      AND b.mailing_no = a.mailing_no AND b.kind = 'bounce' AND b.code IS DISTINCT FROM 'V')
GROUP BY a.account_id, a.contact_no;

CREATE INDEX activity_bounced ON activity (account_id, contact_no, at) WHERE kind = 'bounce';
CREATE INDEX address_change_by_contact ON address_change (account_id, contact_id);

-- Addresses whose last mail came back. A bounce stands until something was opened after it, or the contact
-- got another address. An absence note (V) is none.
CREATE VIEW bounced AS
SELECT DISTINCT ON (c.account_id, c.address) c.account_id, c.address, a.code, a.at, m.campaign_no
FROM activity a
JOIN mailing m ON m.account_id = a.account_id AND m.mailing_no = a.mailing_no
JOIN activity_contact k ON k.account_id = a.account_id AND k.contact_no = a.contact_no
JOIN contact c ON c.account_id = k.account_id AND c.contact_id = k.contact_id AND NOT c.deleted
WHERE a.kind = 'bounce' AND a.code IS DISTINCT FROM 'V'
  AND NOT EXISTS (
    SELECT
    FROM activity o
    WHERE o.account_id = a.account_id AND o.contact_no = a.contact_no AND o.at > a.at
      AND o.kind IN ('open', 'click', 'forward'))
  AND NOT EXISTS (
    SELECT
    FROM address_change h
    WHERE h.account_id = c.account_id AND h.contact_id = c.contact_id AND h.address = c.address
      AND h.kind IN ('moved', 'provider') AND h.at >= a.at)
ORDER BY c.account_id, c.address, a.at DESC, a.activity_no DESC;

CREATE INDEX member_judged_by_engagement ON member (account_id, sync_id)
  WHERE reason IN ('SILENT', 'NOT_SILENT', 'ADDRESS_BOUNCED');
