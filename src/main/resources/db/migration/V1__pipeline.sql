-- The hub's state. Every table of an account carries the account first in its key,
-- so that accounts can be spread over several databases later.

CREATE TABLE account (
  account_id   int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name         text NOT NULL UNIQUE,
  pulled_until timestamptz,
  version      bigint NOT NULL DEFAULT 0,
  most_lists   int,
  state_id     uuid NOT NULL DEFAULT gen_random_uuid(),
  sent         bigint NOT NULL DEFAULT 0
);
COMMENT ON COLUMN account.pulled_until IS 'the newest change at the provider that is known; empty: read everything';
COMMENT ON COLUMN account.most_lists IS 'how many lists the provider lets a contact be on';
COMMENT ON COLUMN account.state_id IS 'what is known of this account, and every copy of it';
COMMENT ON COLUMN account.sent IS 'calls that change something, counted before they are made; a file remembers it as well';
COMMENT ON COLUMN account.version IS 'grows whenever something known about the account changes';

CREATE TABLE sync (
  account_id       int NOT NULL REFERENCES account,
  sync_id          int GENERATED ALWAYS AS IDENTITY,
  name             text NOT NULL,
  fingerprint_high bigint,
  fingerprint_low  bigint,
  rules            text,
  rows_read        bigint,
  read_at          timestamptz,
  quiet_version    bigint,
  undone_run       bigint,
  put_back         boolean NOT NULL DEFAULT false,
  member_count     bigint NOT NULL DEFAULT 0,
  eligible_count   bigint NOT NULL DEFAULT 0,
  only_removes     boolean NOT NULL DEFAULT false,
  not_found        bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (account_id, sync_id),
  UNIQUE (account_id, name)
);
COMMENT ON COLUMN sync.fingerprint_high IS 'of the last complete read; an equal read needs no comparison';
COMMENT ON COLUMN sync.undone_run IS 'a person undid this run; the next plan waits for a person as a whole';
COMMENT ON COLUMN sync.put_back IS 'this state is older than what was sent; the next plan waits for a person as a whole';
COMMENT ON COLUMN sync.not_found IS 'of a sync that only takes away: members who are not on their list';
COMMENT ON COLUMN sync.quiet_version IS 'the account version at which the last plan came out empty';

CREATE TABLE list (
  account_id  int NOT NULL REFERENCES account,
  list_no     int GENERATED ALWAYS AS IDENTITY,
  name        text NOT NULL,
  provider_id text,
  state       text NOT NULL DEFAULT 'wanted' CHECK (state IN ('wanted', 'live', 'gone', 'refused')),
  adopted     boolean NOT NULL DEFAULT false,
  reason      text,
  dead_letter bigint,
  met_id      text,
  known_id    text,
  erased      bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (account_id, list_no)
);

-- Providers do not tell names apart by case, and neither must two groups.
CREATE UNIQUE INDEX list_by_name ON list (account_id, lower(name));
COMMENT ON COLUMN list.reason IS 'why the list is gone or was refused, in words for staff';
COMMENT ON COLUMN list.met_id IS 'a list of this name that a dry run met at the provider; no link yet';
COMMENT ON COLUMN list.erased IS 'contacts on it whose people were erased here, as of the last whole reading';
COMMENT ON COLUMN list.known_id IS 'the list whose memberships the last whole reading took over';

CREATE TABLE sync_group (
  account_id int NOT NULL,
  sync_id    int NOT NULL,
  group_name text NOT NULL,
  list_no    int NOT NULL,
  selected   boolean NOT NULL,
  PRIMARY KEY (account_id, sync_id, group_name)
);

-- One row per member and group as the source last gave it, with what was decided about it.
CREATE TABLE member (
  account_id     int NOT NULL,
  sync_id        int NOT NULL,
  member_key     text NOT NULL,
  group_name     text NOT NULL,
  digest         bigint NOT NULL,
  present        boolean NOT NULL,
  address        text,
  address_since  timestamptz NOT NULL,
  source_address text,
  email          text,
  reason         text,
  detail         text,
  rank           smallint NOT NULL,
  login          boolean NOT NULL,
  sort_name      text COLLATE "C",
  parent_key     text,
  display_name   text,
  opt_in_at      timestamptz,
  opt_in_source  text,
  opt_in_flaw    text CHECK (opt_in_flaw IN ('no source', 'no time zone')),
  fields         text NOT NULL,
  fields_digest  bigint NOT NULL,
  own_fields     text,
  group_winner   boolean NOT NULL,
  contact_winner boolean NOT NULL,
  opted_out      boolean NOT NULL DEFAULT false,
  PRIMARY KEY (account_id, sync_id, member_key, group_name)
);
CREATE INDEX member_by_address ON member (account_id, address) WHERE address IS NOT NULL;
COMMENT ON COLUMN member.address_since IS 'when the hub learnt of this address';
COMMENT ON COLUMN member.source_address IS 'what the source says while the provider''s address is used in its place';
COMMENT ON COLUMN member.own_fields IS 'what the source gave, where fields carry the combined name of a shared address';
COMMENT ON COLUMN member.opt_in_flaw IS 'why the consent in opt_in_at counts for nothing, as far as the row itself tells';
CREATE INDEX member_opted_out ON member (account_id, sync_id, member_key)
  WHERE opted_out OR reason = 'OPTED_OUT_ELSEWHERE';
COMMENT ON COLUMN member.opted_out IS 'this row says so; it counts for all rows of the member';
COMMENT ON COLUMN member.group_winner IS 'the best-ranked eligible member of the group with this address';
COMMENT ON COLUMN member.contact_winner IS 'the member whose fields the contact carries';

-- Addresses under which members were known before: an opt-out under one of them still counts.
CREATE TABLE former_address (
  account_id int NOT NULL,
  sync_id    int NOT NULL,
  member_key text NOT NULL,
  address    text NOT NULL,
  left_at    timestamptz NOT NULL,
  opted_out  boolean NOT NULL DEFAULT false,
  PRIMARY KEY (account_id, sync_id, member_key, address)
);

-- What the provider is known to hold.
CREATE TABLE contact (
  account_id  int NOT NULL,
  address     text NOT NULL,
  contact_id  text NOT NULL,
  permission  text NOT NULL,
  deleted     boolean NOT NULL DEFAULT false,
  opt_out_at  timestamptz,
  opt_out_by  text,
  owner_sync  int,
  member_sync int,
  member_key  text,
  sent_digest bigint,
  differs     boolean,
  seen_at     timestamptz NOT NULL,
  PRIMARY KEY (account_id, address)
);
CREATE INDEX contact_by_id ON contact (account_id, contact_id);
CREATE INDEX contact_opted_out ON contact (account_id, member_sync, member_key)
  WHERE permission = 'unsubscribed';
COMMENT ON COLUMN contact.member_key IS 'whose fields it carries, of the sync member_sync: the person behind it, whatever the address';
COMMENT ON COLUMN contact.differs IS 'of a contact not sent yet: its core fields are not the member''s, as far as was seen';
COMMENT ON COLUMN contact.sent_digest IS 'digest of the fields last confirmed, so that unchanged fields are not sent again';

CREATE TABLE membership (
  account_id   int NOT NULL,
  list_no      int NOT NULL,
  address      text NOT NULL,
  owned        boolean NOT NULL,
  confirmed_at timestamptz NOT NULL,
  dead_letter  bigint,
  adopted      boolean NOT NULL DEFAULT false,
  PRIMARY KEY (account_id, list_no, address)
);
CREATE INDEX membership_by_address ON membership (account_id, address);
CREATE INDEX membership_foreign ON membership (account_id, list_no) WHERE NOT owned;
COMMENT ON COLUMN membership.dead_letter IS 'taking it away was given up';
COMMENT ON COLUMN membership.owned IS 'a sync wanted it; memberships that staff made by hand are not owned and stay';
COMMENT ON COLUMN membership.adopted IS 'it was there before a sync wanted it';

CREATE TABLE run (
  account_id     int NOT NULL,
  run_id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  sync_id        int NOT NULL,
  job            text NOT NULL,
  state          text NOT NULL CHECK (state IN ('running', 'planned', 'completed', 'partial', 'held', 'failed')),
  started_at     timestamptz NOT NULL,
  finished_at    timestamptz,
  error          text,
  forecast       jsonb,
  removal_digest text,
  held_reason    text,
  decision       text CHECK (decision IN ('approved', 'rejected', 'using', 'used')),
  decided_at     timestamptz,
  decided_by     text,
  counts         jsonb,
  whole          boolean NOT NULL DEFAULT true,
  undoes         bigint,
  settled_at     timestamptz
);
COMMENT ON COLUMN run.whole IS 'neither a dry run nor one of a single group or member';
COMMENT ON COLUMN run.settled_at IS 'when what was sent had been read back; without it the next run does so';
CREATE INDEX run_by_sync ON run (account_id, sync_id, run_id);

-- The plan of a run, one row per contact and kind of work.
CREATE TABLE change (
  account_id    int NOT NULL,
  run_id        bigint NOT NULL,
  sync_id       int NOT NULL,
  action        text NOT NULL CHECK (action IN ('import', 'remove', 'move', 'resubscribe')),
  address       text NOT NULL,
  former        text,
  contact_id    text,
  member_key    text,
  creates       boolean NOT NULL DEFAULT false,
  adopts        boolean NOT NULL DEFAULT false,
  updates       boolean NOT NULL DEFAULT false,
  lists         int[] NOT NULL,
  others        int[] NOT NULL,
  fields_digest bigint,
  before_digest bigint,
  weight        int NOT NULL DEFAULT 0,
  held          boolean NOT NULL DEFAULT false,
  outcome       text CHECK (outcome IN ('failed', 'unsubscribed', 'waiting', 'unseen')),
  reason        text,
  PRIMARY KEY (account_id, run_id, action, address)
);
COMMENT ON COLUMN change.adopts IS 'the contact was there, and no sync has sent anything to it yet';
COMMENT ON COLUMN change.former IS 'of a move: the address the contact carried before';
COMMENT ON COLUMN change.outcome IS 'what kept it from being applied; empty once its batches are done means applied';
COMMENT ON COLUMN change.before_digest IS 'of the fields the contact carried before, kept in former_fields';
COMMENT ON COLUMN change.others IS 'lists the contact is on and stays on';

CREATE INDEX change_held ON change (account_id, run_id, address) WHERE action <> 'remove' AND held;

-- The order in which the changes leave, cut into batches by ranges of ord.
CREATE TABLE dispatch (
  account_id int NOT NULL,
  run_id     bigint NOT NULL,
  ord        bigint NOT NULL,
  parcel     int NOT NULL,
  address    text NOT NULL,
  whole      boolean NOT NULL,
  fields     text,
  PRIMARY KEY (account_id, run_id, ord)
);
COMMENT ON COLUMN dispatch.fields IS 'what to send when it is not what the member has now';
COMMENT ON COLUMN dispatch.whole IS 'with all fields; otherwise the address alone, to add it to one more list';

-- One provider call that changes something: committed before the call, settled after it.
CREATE TABLE batch (
  account_id  int NOT NULL,
  batch_id    bigint GENERATED ALWAYS AS IDENTITY,
  run_id      bigint NOT NULL,
  kind        text NOT NULL CHECK (kind IN ('import', 'remove', 'move', 'resubscribe', 'single')),
  lists       int[] NOT NULL,
  from_ord    bigint NOT NULL,
  to_ord      bigint NOT NULL,
  addresses   text[],
  opt_out     text,
  state       text NOT NULL CHECK (state IN ('intended', 'accepted', 'done', 'split', 'refused', 'lost')),
  job_id      text,
  intended_at timestamptz NOT NULL,
  finished_at timestamptz,
  detail      text,
  PRIMARY KEY (account_id, batch_id)
);
COMMENT ON COLUMN batch.opt_out IS 'of a re-subscription: the opt-out because of which it is asked for';
CREATE INDEX batch_open ON batch (account_id, run_id) WHERE state IN ('intended', 'accepted');

-- A record the provider refused for good; not sent again until it changes or is replayed.
CREATE TABLE failure (
  account_id    int NOT NULL,
  sync_id       int NOT NULL,
  address       text NOT NULL,
  fields_digest bigint,
  reason        text NOT NULL,
  at            timestamptz NOT NULL,
  dead_letter   bigint,
  PRIMARY KEY (account_id, sync_id, address)
);

CREATE TABLE dead_letter (
  account_id     int NOT NULL,
  dead_letter_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  sync_id        int NOT NULL,
  run_id         bigint,
  kind           text NOT NULL CHECK (
    kind IN ('record', 'batch', 'answer', 'list', 'field', 'resubscribe', 'opt_out', 'address')),
  member_key     text,
  address        text,
  payload        text NOT NULL,
  cause          text NOT NULL,
  remedy         text NOT NULL,
  state          text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'replayed', 'dismissed')),
  at             timestamptz NOT NULL,
  settled_at     timestamptz
);
CREATE INDEX dead_letter_open ON dead_letter (account_id, sync_id) WHERE state = 'open';

-- Who may work on a sync or write to an account; the token fences off a stale owner.
CREATE TABLE lease (
  name       text PRIMARY KEY,
  token      bigint NOT NULL,
  owner      text NOT NULL,
  backend    int NOT NULL,
  backend_at timestamptz NOT NULL,
  until      timestamptz NOT NULL,
  -- With the token in a key, whoever takes a lease over waits for a fenced transaction (FOR KEY
  -- SHARE), while the owner's heartbeat, which touches no key, does not.
  UNIQUE (name, token)
);

-- Somebody changed the address of a member's contact at the provider, and the source says otherwise.
CREATE TABLE address_conflict (
  account_id       int NOT NULL,
  sync_id          int NOT NULL,
  member_key       text NOT NULL,
  contact_id       text NOT NULL,
  source_address   text NOT NULL,
  provider_address text NOT NULL,
  source_at        timestamptz NOT NULL,
  provider_at      timestamptz NOT NULL,
  state            text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'source', 'provider')),
  decided_by       text,
  PRIMARY KEY (account_id, sync_id, member_key)
);
COMMENT ON COLUMN address_conflict.state IS 'open, or whose address was chosen';

-- Every change of a member's address that the hub made or saw.
CREATE TABLE address_change (
  account_id        int NOT NULL,
  ord               bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  sync_id           int NOT NULL,
  member_key        text NOT NULL,
  former            text NOT NULL,
  address           text NOT NULL,
  kind              text NOT NULL CHECK (kind IN ('moved', 'merged', 'provider', 'decided')),
  contact_id        text NOT NULL,
  run_id            bigint,
  at                timestamptz NOT NULL,
  by                text,
  to_provider       boolean NOT NULL DEFAULT false,
  attempts          int NOT NULL DEFAULT 0,
  handed_at         timestamptz,
  dead_letter       bigint
);
CREATE INDEX address_change_by_member ON address_change (account_id, sync_id, member_key);
COMMENT ON COLUMN address_change.to_provider IS 'of a decision: the provider''s address was chosen';
COMMENT ON COLUMN address_change.kind IS 'moved: the contact got the new address; merged: the new address was another contact already; provider: changed there; decided: a conflict was settled';

-- Memberships that the source has ceased to want and that stay for a grace.
CREATE TABLE leaving (
  account_id int NOT NULL,
  sync_id    int NOT NULL,
  list_no    int NOT NULL,
  address    text NOT NULL,
  since      timestamptz NOT NULL,
  runs       int NOT NULL,
  PRIMARY KEY (account_id, sync_id, list_no, address)
);
COMMENT ON COLUMN leaving.runs IS 'how many further runs did not want it either';

-- Every member of every group with its status and reason, in the words staff see. The first case
-- that applies decides.
CREATE VIEW member_status AS
SELECT m.account_id, m.sync_id, m.member_key, m.group_name, coalesce(m.address, m.email) AS email,
  t.name AS list, s.status,
  CASE s.place
    WHEN 1 THEN 'waiting for approval'
    WHEN 12 THEN 'waiting for approval'
    WHEN 13 THEN 'address conflict'
    WHEN 2 THEN 'leaving'
    WHEN 3 THEN CASE m.reason WHEN 'OPTED_OUT_ELSEWHERE' THEN 'MARKETING_OPT_OUT' ELSE m.reason END
    WHEN 4 THEN 'shared address'
    WHEN 5 THEN 'Contact is unsubscribed'
    WHEN 11 THEN 'Contact is unsubscribed'
    WHEN 6 THEN t.reason
    WHEN 7 THEN f.reason
    WHEN 14 THEN 'on as many lists as the provider allows'
    WHEN 15 THEN 'taking the contact off the list was given up'
    WHEN 16 THEN 'not found on the list'
  END AS reason,
  CASE s.place
    WHEN 1 THEN 'left the group at the source; run ' || h.run_id || ' waits for approval'
    WHEN 12 THEN 'run ' || latest.run_id || ' waits for approval'
    WHEN 13 THEN 'the source says ' || ac.source_address || ', the provider '
      || ac.provider_address || '; somebody has to decide'
    WHEN 2 THEN CASE
      WHEN lv.since IS NULL THEN 'left the group at the source; leaves the list with the next run'
      ELSE 'left the group at the source on ' || to_char(lv.since AT TIME ZONE 'UTC', 'YYYY-MM-DD')
        || '; stays on the list for its grace'
    END
    WHEN 3 THEN m.detail
    WHEN 4 THEN (
      SELECT coalesce(gw.display_name, gw.member_key) || ' (' || gw.member_key
        || ') has the same address'
      FROM member gw
      WHERE gw.account_id = m.account_id AND gw.sync_id = m.sync_id AND gw.address = m.address
        AND gw.group_name = m.group_name AND gw.group_winner)
    WHEN 5 THEN 'by the ' || lower(c.opt_out_by)
    WHEN 11 THEN 'under an earlier address'
    WHEN 6 THEN 'dead letter ' || t.dead_letter
    WHEN 7 THEN 'dead letter ' || f.dead_letter
    WHEN 15 THEN 'dead letter ' || k.dead_letter
    WHEN 16 THEN 'this sync only takes away, and staff did not put the address on the list'
    WHEN 8 THEN CASE WHEN w.member_key <> m.member_key
      THEN 'shared with ' || coalesce(w.display_name, w.member_key) || ' (' || w.member_key || ')'
    END
  END AS detail,
  CASE s.place
    WHEN 5 THEN c.opt_out_at
    WHEN 7 THEN f.at
    WHEN 8 THEN greatest(c.seen_at, k.confirmed_at)
    WHEN 13 THEN ac.provider_at
  END AS at
FROM member m
JOIN sync y ON y.account_id = m.account_id AND y.sync_id = m.sync_id
CROSS JOIN LATERAL (
  SELECT max(r.run_id) AS run_id
  FROM run r
  WHERE r.account_id = y.account_id AND r.sync_id = y.sync_id AND r.job = 'contacts'
    AND r.whole AND r.decision IS DISTINCT FROM 'rejected'
) latest
LEFT JOIN sync_group g
  ON g.account_id = m.account_id AND g.sync_id = m.sync_id AND g.group_name = m.group_name
LEFT JOIN list t ON t.account_id = g.account_id AND t.list_no = g.list_no
LEFT JOIN contact c
  ON c.account_id = m.account_id AND c.address = m.address
  AND (NOT c.deleted OR c.permission = 'unsubscribed')
LEFT JOIN membership k
  ON k.account_id = m.account_id AND k.list_no = g.list_no AND k.address = m.address
LEFT JOIN member w
  ON w.account_id = m.account_id AND w.sync_id = m.sync_id AND w.address = m.address
  AND w.contact_winner
LEFT JOIN failure f
  ON f.account_id = m.account_id AND f.sync_id = m.sync_id AND f.address = m.address
  AND f.fields_digest IS NOT DISTINCT FROM w.fields_digest
LEFT JOIN (
  SELECT DISTINCT b.account_id, d.address
  FROM batch b
  JOIN dispatch d
    ON d.account_id = b.account_id AND d.run_id = b.run_id
    AND d.ord BETWEEN b.from_ord AND b.to_ord
  WHERE b.state IN ('intended', 'accepted')
) sending ON sending.account_id = m.account_id AND sending.address = m.address
LEFT JOIN leaving lv
  ON lv.account_id = m.account_id AND lv.sync_id = m.sync_id AND lv.list_no = g.list_no
  AND lv.address = m.address
LEFT JOIN address_conflict ac
  ON ac.account_id = m.account_id AND ac.sync_id = m.sync_id AND ac.member_key = m.member_key
  AND ac.state = 'open'
LEFT JOIN change h
  ON h.account_id = m.account_id AND h.run_id = latest.run_id AND h.action = 'remove'
  AND h.address = m.address AND NOT m.present
CROSS JOIN LATERAL (
  SELECT CASE
    WHEN NOT m.present AND k.dead_letter IS NOT NULL THEN 15
    WHEN NOT m.present THEN CASE WHEN h.held THEN 1 ELSE 2 END
    WHEN m.reason = 'UNSUBSCRIBED_BEFORE' THEN 11
    WHEN m.reason IS NOT NULL THEN 3
    WHEN NOT m.group_winner THEN 4
    WHEN c.permission = 'unsubscribed' THEN 5
    WHEN ac.member_key IS NOT NULL THEN 13
    WHEN k.address IS NULL AND EXISTS (
      SELECT FROM change ch
      WHERE ch.account_id = m.account_id AND ch.run_id = latest.run_id AND ch.address = m.address
        AND ch.action <> 'remove' AND ch.held) THEN 12
    WHEN t.state IN ('gone', 'refused') THEN 6
    WHEN f.address IS NOT NULL THEN 7
    WHEN y.only_removes AND k.address IS NULL THEN 16
    WHEN k.address IS NOT NULL
      AND (y.only_removes OR c.owner_sync <> m.sync_id OR c.sent_digest = w.fields_digest) THEN 8
    WHEN sending.address IS NOT NULL THEN 9
    WHEN k.address IS NULL
      AND (SELECT a.most_lists FROM account a WHERE a.account_id = m.account_id)
        <= (SELECT count(*) FROM membership o
            WHERE o.account_id = m.account_id AND o.address = m.address) THEN 14
    ELSE 10
  END AS place
) p
CROSS JOIN LATERAL (
  SELECT p.place,
    (ARRAY['held', 'pending', 'not applicable', 'not applicable', 'unsubscribed', 'failed',
      'failed', 'synced', 'sending', 'pending', 'unsubscribed', 'held', 'held',
      'failed', 'failed', 'not applicable'])[p.place] AS status
) s;
