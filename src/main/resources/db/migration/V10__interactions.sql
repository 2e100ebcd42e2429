-- Activities on their way to the member database.

CREATE TABLE interaction (
  account_id  int NOT NULL,
  sync_id     int NOT NULL,
  ord         bigint GENERATED ALWAYS AS IDENTITY,
  activity_no bigint NOT NULL,
  at          timestamptz NOT NULL,
  member_key  text NOT NULL,
  attempts    int NOT NULL DEFAULT 0,
  handed_at   timestamptz,
  dead_letter bigint,
  PRIMARY KEY (account_id, sync_id, ord),
  UNIQUE (account_id, sync_id, activity_no, member_key)
);
CREATE INDEX interaction_waiting ON interaction (account_id, sync_id, ord) WHERE handed_at IS NULL;
COMMENT ON COLUMN interaction.at IS 'the activity''s time, which leads to its month';

-- Contacts of whom something is known, and whom nobody in the sync is behind so far.
CREATE TABLE activity_unlinked (
  account_id int NOT NULL,
  sync_id    int NOT NULL,
  contact_no bigint NOT NULL,
  PRIMARY KEY (account_id, sync_id, contact_no),
  FOREIGN KEY (account_id, contact_no) REFERENCES activity_contact ON DELETE CASCADE
);

ALTER TABLE sync ADD COLUMN linked_until bigint NOT NULL DEFAULT 0;
COMMENT ON COLUMN sync.linked_until IS 'the last activity that was looked at for its member';

-- Which member is behind a contact, in each sync: the one whose fields the contact carries; else who
-- would win the address.
CREATE VIEW activity_member AS
SELECT k.account_id, k.contact_no, k.contact_id, m.sync_id, m.member_key
FROM activity_contact k
JOIN contact c ON c.account_id = k.account_id AND c.contact_id = k.contact_id
CROSS JOIN LATERAL (
  SELECT DISTINCT ON (b.sync_id) b.sync_id, b.member_key
  FROM member b
  WHERE b.account_id = c.account_id AND b.address = c.address
  ORDER BY b.sync_id, (b.sync_id, b.member_key) IS NOT DISTINCT FROM (c.member_sync, c.member_key) DESC,
    b.contact_winner DESC, b.rank, b.member_key
) m;

ALTER TABLE dead_letter DROP CONSTRAINT dead_letter_kind_check;
ALTER TABLE dead_letter ADD CONSTRAINT dead_letter_kind_check CHECK (
  kind IN ('record', 'batch', 'answer', 'list', 'field', 'resubscribe', 'opt_out', 'address', 'file',
    'interaction'));

-- Every member with an address, and what is known under it: people who share an address share it.
CREATE VIEW member_activity_contact AS
SELECT DISTINCT m.account_id, m.sync_id, m.member_key, k.contact_no
FROM member m
JOIN contact c ON c.account_id = m.account_id AND c.address = m.address
JOIN activity_contact k ON k.account_id = c.account_id AND k.contact_id = c.contact_id
WHERE m.present;

-- What somebody did lately, one row a contact. A bounce stands until something was opened after it; an
-- answer of an absence note (V) is none.
CREATE VIEW engagement AS
SELECT a.account_id, a.contact_no,
  max(a.at) FILTER (WHERE a.kind = 'open') AS last_open,
  max(a.at) FILTER (WHERE a.kind = 'click') AS last_click,
  max(a.at) FILTER (WHERE a.kind = 'send') AS last_send,
  count(*) FILTER (WHERE a.kind = 'send' AND a.at > now() - interval '90 days') AS sends,
  count(*) FILTER (WHERE a.kind = 'open' AND a.at > now() - interval '90 days') AS opens,
  count(*) FILTER (WHERE a.kind = 'click' AND a.at > now() - interval '90 days') AS clicks,
  max(a.at) FILTER (WHERE a.kind = 'bounce' AND a.code <> 'V') AS last_bounce,
  (array_agg(a.code ORDER BY a.at DESC) FILTER (WHERE a.kind = 'bounce' AND a.code <> 'V'))[1]
    AS bounce_code
FROM activity a
GROUP BY a.account_id, a.contact_no;
