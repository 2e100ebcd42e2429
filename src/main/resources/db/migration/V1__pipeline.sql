-- The hub's state. Every table of an account carries the account first in its key,
-- so that accounts can be spread over several databases later.

CREATE TABLE account (
  account_id     int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name           text NOT NULL UNIQUE,
  adopted_at     timestamptz,
  pulled_until   timestamptz,
  opt_outs_until timestamptz,
  version        bigint NOT NULL DEFAULT 0
);
COMMENT ON COLUMN account.adopted_at IS 'when everything the account already held had been read once';
COMMENT ON COLUMN account.pulled_until IS 'by the provider''s clock: changes before it are known';
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
  member_count     bigint NOT NULL DEFAULT 0,
  eligible_count   bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (account_id, sync_id),
  UNIQUE (account_id, name)
);
COMMENT ON COLUMN sync.fingerprint_high IS 'of the last complete read; an equal read needs no comparison';
COMMENT ON COLUMN sync.quiet_version IS 'the account version at which the last plan came out empty';

CREATE TABLE list (
  account_id  int NOT NULL REFERENCES account,
  list_no     int GENERATED ALWAYS AS IDENTITY,
  name        text NOT NULL,
  provider_id text,
  state       text NOT NULL DEFAULT 'wanted' CHECK (state IN ('wanted', 'live', 'gone')),
  adopted     boolean NOT NULL DEFAULT false,
  PRIMARY KEY (account_id, list_no),
  UNIQUE (account_id, name)
);

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
  fields         text NOT NULL,
  fields_digest  bigint NOT NULL,
  group_winner   boolean NOT NULL,
  contact_winner boolean NOT NULL,
  PRIMARY KEY (account_id, sync_id, member_key, group_name)
);
CREATE INDEX member_by_address ON member (account_id, address) WHERE address IS NOT NULL;
COMMENT ON COLUMN member.group_winner IS 'the best-ranked eligible member of the group with this address';
COMMENT ON COLUMN member.contact_winner IS 'the member whose fields the contact carries';

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
  sent_digest bigint,
  seen_at     timestamptz NOT NULL,
  PRIMARY KEY (account_id, address)
);
CREATE INDEX contact_by_id ON contact (account_id, contact_id);
COMMENT ON COLUMN contact.sent_digest IS 'digest of the fields last confirmed, so that unchanged fields are not sent again';

CREATE TABLE membership (
  account_id   int NOT NULL,
  list_no      int NOT NULL,
  address      text NOT NULL,
  owned        boolean NOT NULL,
  confirmed_at timestamptz NOT NULL,
  PRIMARY KEY (account_id, list_no, address)
);
CREATE INDEX membership_by_address ON membership (account_id, address);
CREATE INDEX membership_foreign ON membership (account_id, list_no) WHERE NOT owned;
COMMENT ON COLUMN membership.owned IS 'a sync wanted it; memberships that staff made by hand are not owned and stay';

-- Everybody who opted out, as evidence that outlives the contact.
CREATE TABLE opt_out (
  account_id int NOT NULL,
  address    text NOT NULL,
  at         timestamptz NOT NULL,
  by         text,
  reason     text,
  seen_at    timestamptz NOT NULL,
  PRIMARY KEY (account_id, address, at)
);

CREATE TABLE run (
  account_id     int NOT NULL,
  run_id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  sync_id        int NOT NULL,
  job            text NOT NULL,
  state          text NOT NULL CHECK (state IN ('running', 'planned', 'completed', 'partial', 'held', 'failed')),
  started_at     timestamptz NOT NULL,
  finished_at    timestamptz,
  error          text,
  removal_digest text,
  held_reason    text,
  decision       text CHECK (decision IN ('approved', 'rejected', 'using', 'used')),
  decided_at     timestamptz,
  decided_by     text,
  counts         jsonb
);
CREATE INDEX run_by_sync ON run (account_id, sync_id, run_id);

-- The plan of a run, one row per contact and kind of work.
CREATE TABLE change (
  account_id    int NOT NULL,
  run_id        bigint NOT NULL,
  sync_id       int NOT NULL,
  action        text NOT NULL CHECK (action IN ('import', 'remove')),
  address       text NOT NULL,
  member_key    text,
  creates       boolean NOT NULL DEFAULT false,
  updates       boolean NOT NULL DEFAULT false,
  lists         int[] NOT NULL,
  others        int[] NOT NULL,
  fields_digest bigint,
  weight        int NOT NULL DEFAULT 0,
  held          boolean NOT NULL DEFAULT false,
  outcome       text CHECK (outcome IN ('failed', 'unsubscribed', 'waiting', 'unseen')),
  reason        text,
  PRIMARY KEY (account_id, run_id, action, address)
);
COMMENT ON COLUMN change.outcome IS 'what kept it from being applied; empty once its batches are done means applied';
COMMENT ON COLUMN change.others IS 'lists the contact is on and stays on';

-- The order in which the changes leave, cut into batches by ranges of ord.
CREATE TABLE dispatch (
  account_id int NOT NULL,
  run_id     bigint NOT NULL,
  ord        bigint NOT NULL,
  parcel     int NOT NULL,
  address    text NOT NULL,
  whole      boolean NOT NULL,
  PRIMARY KEY (account_id, run_id, ord)
);
COMMENT ON COLUMN dispatch.whole IS 'with all fields; otherwise the address alone, to add it to one more list';

-- One provider call that changes something: committed before the call, settled after it.
CREATE TABLE batch (
  account_id  int NOT NULL,
  batch_id    bigint GENERATED ALWAYS AS IDENTITY,
  run_id      bigint NOT NULL,
  kind        text NOT NULL CHECK (kind IN ('import', 'remove')),
  lists       int[] NOT NULL,
  from_ord    bigint NOT NULL,
  to_ord      bigint NOT NULL,
  addresses   text[],
  state       text NOT NULL CHECK (state IN ('intended', 'accepted', 'done', 'split', 'refused', 'lost')),
  job_id      text,
  intended_at timestamptz NOT NULL,
  finished_at timestamptz,
  detail      text,
  PRIMARY KEY (account_id, batch_id)
);
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
  kind           text NOT NULL CHECK (kind IN ('record', 'batch', 'answer', 'list')),
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
  run_id     bigint
);
