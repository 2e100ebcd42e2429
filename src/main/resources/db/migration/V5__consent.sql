-- Who opted out, who came back, and on what evidence. Entries are only ever added.

CREATE TABLE consent (
  account_id int NOT NULL REFERENCES account,
  consent_id text NOT NULL,
  ord        bigint GENERATED ALWAYS AS IDENTITY,
  what       text NOT NULL CHECK (what IN ('opt_out', 'opt_in', 'resubscribe_asked', 'resubscribed')),
  system     text NOT NULL CHECK (system IN ('provider', 'source', 'hub')),
  address    text NOT NULL,
  contact_id text NOT NULL,
  at         timestamptz NOT NULL,
  seen_at    timestamptz NOT NULL,
  by         text,
  reason     text,
  opt_out    text,
  PRIMARY KEY (account_id, consent_id)
);
CREATE INDEX consent_by_contact ON consent (account_id, contact_id);
CREATE INDEX consent_by_address ON consent (account_id, address);
CREATE INDEX consent_by_opt_out ON consent (account_id, opt_out) WHERE opt_out IS NOT NULL;
CREATE INDEX consent_by_sight ON consent (account_id, seen_at);
COMMENT ON COLUMN consent.consent_id IS 'made from what the entry is about, so that reading twice enters once';
COMMENT ON COLUMN consent.system IS 'where it happened: at the provider, in a source row, or by a call of ours';
COMMENT ON COLUMN consent.address IS 'the contact''s address then; it may carry another one now';
COMMENT ON COLUMN consent.at IS 'by the clock of that system; when it was first seen, where that system did not say';
COMMENT ON COLUMN consent.by IS 'Contact or Account at the provider; opt_in_source in a source row';
COMMENT ON COLUMN consent.opt_out IS 'the opt-out that an entry of another kind answers';

-- Whose address it was when the entry was met, and whether the sync's opt-outs route has had it.
CREATE TABLE consent_member (
  account_id  int NOT NULL,
  sync_id     int NOT NULL,
  consent_id  text NOT NULL,
  member_key  text NOT NULL,
  ord         bigint GENERATED ALWAYS AS IDENTITY,
  attempts    int NOT NULL DEFAULT 0,
  handed_at   timestamptz,
  dead_letter bigint,
  PRIMARY KEY (account_id, sync_id, consent_id, member_key)
);
CREATE INDEX consent_member_waiting ON consent_member (account_id, sync_id, ord)
  WHERE handed_at IS NULL;
COMMENT ON COLUMN consent_member.attempts IS 'how often a batch with it was not taken';

CREATE INDEX batch_by_opt_out ON batch (account_id, opt_out) WHERE opt_out IS NOT NULL;
CREATE INDEX member_opt_in ON member (account_id, sync_id, opt_in_at) WHERE opt_in_at IS NOT NULL;

-- Eligible members whose contact is unsubscribed, with the newest opt-out, the consent that their row
-- gives, and whether the provider has been asked because of that opt-out. A contact that is known
-- under an earlier address, or deleted, is never among them.
CREATE VIEW coming_back AS
SELECT m.account_id, m.sync_id, m.group_name, m.member_key, m.address, c.contact_id,
  m.opt_in_at, m.opt_in_source, m.opt_in_flaw,
  o.consent_id AS opt_out, o.at AS opt_out_at, o.seen_at AS opt_out_seen_at,
  a.at AS asked_at, a.reason AS asked_reason,
  -- the provider's times are whole seconds: within the same one nobody knows what came first
  m.opt_in_at >= o.at + interval '1 second' AS fresh,
  m.opt_in_at >= o.at + interval '1 second' AND m.opt_in_flaw IS NULL AND a.at IS NULL AS due
FROM member m
JOIN contact c
  ON c.account_id = m.account_id AND c.address = m.address
  AND c.permission = 'unsubscribed' AND NOT c.deleted
JOIN consent o
  ON o.account_id = c.account_id AND o.contact_id = c.contact_id AND o.what = 'opt_out'
LEFT JOIN consent a
  ON a.account_id = o.account_id AND a.opt_out = o.consent_id AND a.what = 'resubscribe_asked'
WHERE m.present AND m.reason IS NULL
  AND NOT EXISTS (
    SELECT
    FROM consent later
    WHERE later.account_id = o.account_id AND later.contact_id = o.contact_id
      AND later.what = 'opt_out' AND (later.at, later.ord) > (o.at, o.ord));
