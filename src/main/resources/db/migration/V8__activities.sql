-- What contacts did with campaigns, as the provider's reports tell it.

CREATE TABLE campaign (
  account_id  int NOT NULL REFERENCES account,
  campaign_no int GENERATED ALWAYS AS IDENTITY,
  campaign_id text NOT NULL,
  name        text,
  sent_at     timestamptz NOT NULL,
  known_at    timestamptz,
  complaints  bigint NOT NULL DEFAULT 0,
  gone        boolean NOT NULL DEFAULT false,
  PRIMARY KEY (account_id, campaign_no),
  UNIQUE (account_id, campaign_id)
);
COMMENT ON COLUMN campaign.sent_at IS 'when it was sent last';
COMMENT ON COLUMN campaign.known_at IS 'the sent_at for which name and mailings were read';
COMMENT ON COLUMN campaign.complaints IS 'how many reported it as spam; the provider does not say who';
COMMENT ON COLUMN campaign.gone IS 'the provider has no report about it any more';

-- One sending of a campaign: a campaign that is sent again has two.
CREATE TABLE mailing (
  account_id  int NOT NULL,
  mailing_no  int GENERATED ALWAYS AS IDENTITY,
  campaign_no int NOT NULL,
  mailing_id  text NOT NULL,
  PRIMARY KEY (account_id, mailing_no),
  UNIQUE (account_id, mailing_id)
);
CREATE INDEX mailing_by_campaign ON mailing (account_id, campaign_no);

-- How much of a kind of activity the provider counts for a campaign, and how much of it was read.
CREATE TABLE campaign_kind (
  account_id    int NOT NULL,
  campaign_no   int NOT NULL,
  kind          text NOT NULL CHECK (kind IN ('send', 'open', 'click', 'bounce', 'opt_out', 'forward')),
  contacts      bigint NOT NULL,
  events        bigint,
  seen_contacts bigint NOT NULL DEFAULT 0,
  held          bigint NOT NULL DEFAULT 0,
  missing       bigint NOT NULL DEFAULT 0,
  tries         int NOT NULL DEFAULT 0,
  PRIMARY KEY (account_id, campaign_no, kind)
);
COMMENT ON COLUMN campaign_kind.contacts IS 'by the provider''s last count: how many contacts did it at least once';
COMMENT ON COLUMN campaign_kind.events IS 'how often it was done; empty where the provider was not asked or does not count that';
COMMENT ON COLUMN campaign_kind.seen_contacts IS 'of contacts: how many are accounted for';
COMMENT ON COLUMN campaign_kind.held IS 'how many events were read, kept or not';
COMMENT ON COLUMN campaign_kind.missing IS 'of events: counted, and found in no complete reading';
COMMENT ON COLUMN campaign_kind.tries IS 'readings in a row that found less than was counted';

-- How far a mailing's list of one kind has been read.
CREATE TABLE reading (
  account_id int NOT NULL,
  mailing_no int NOT NULL,
  kind       text NOT NULL,
  mark       timestamptz,
  top        timestamptz,
  next       text,
  PRIMARY KEY (account_id, mailing_no, kind)
);
COMMENT ON COLUMN reading.mark IS 'the newest time of the last complete reading';
COMMENT ON COLUMN reading.top IS 'the newest time of a reading that is under way';
COMMENT ON COLUMN reading.next IS 'where a reading under way goes on';

CREATE TABLE campaign_link (
  account_id  int NOT NULL,
  link_no     int GENERATED ALWAYS AS IDENTITY,
  campaign_no int NOT NULL,
  url_id      text NOT NULL,
  url         text NOT NULL,
  PRIMARY KEY (account_id, link_no),
  UNIQUE (account_id, campaign_no, url_id)
);

-- Whoever did something. The contact's id leads to the member, whatever the address is now.
CREATE TABLE activity_contact (
  account_id int NOT NULL,
  contact_no bigint GENERATED ALWAYS AS IDENTITY,
  contact_id text NOT NULL,
  address    text,
  PRIMARY KEY (account_id, contact_no),
  UNIQUE (account_id, contact_id)
);
CREATE INDEX activity_contact_by_address ON activity_contact (account_id, address);
COMMENT ON COLUMN activity_contact.address IS 'as a report gave it first';

CREATE SEQUENCE activity_no;

-- The provider gives its events no id: the key is made of all that tells two of them apart.
-- The hub makes the partitions, one for each month.
CREATE TABLE activity (
  account_id  int NOT NULL,
  activity_no bigint NOT NULL DEFAULT nextval('activity_no'),
  mailing_no  int NOT NULL,
  kind        text NOT NULL,
  contact_no  bigint NOT NULL,
  at          timestamptz NOT NULL,
  link_no     int NOT NULL DEFAULT 0,
  nth         smallint NOT NULL,
  code        text,
  device      text,
  PRIMARY KEY (account_id, mailing_no, kind, contact_no, at, link_no, nth),
  FOREIGN KEY (account_id, contact_no) REFERENCES activity_contact ON DELETE CASCADE
) PARTITION BY RANGE (at);
CREATE INDEX activity_by_contact ON activity (account_id, contact_no, at);
CREATE INDEX activity_by_no ON activity (account_id, activity_no);
COMMENT ON COLUMN activity.nth IS 'the same thing within one second: which of them';
COMMENT ON COLUMN activity.code IS 'of a bounce, the provider''s code; of an opt-out, the reason';
COMMENT ON COLUMN activity.device IS 'empty where the provider tells none, as with opens by a proxy';

-- Requests that the reading of activities made on a UTC day.
CREATE TABLE activity_day (
  account_id int NOT NULL,
  day        date NOT NULL,
  used       bigint NOT NULL,
  PRIMARY KEY (account_id, day)
);

ALTER TABLE account ADD COLUMN opt_outs_until bigint NOT NULL DEFAULT 0;
COMMENT ON COLUMN account.opt_outs_until IS 'the last activity looked at for opt-outs';

ALTER TABLE consent ADD COLUMN campaign_no int;
COMMENT ON COLUMN consent.campaign_no IS 'of an opt-out: the campaign whose report names it';

-- A sync has a schedule for its lists and contacts, and one for its activities.
ALTER TABLE schedule ADD COLUMN jobs text NOT NULL DEFAULT 'sync';
ALTER TABLE schedule DROP CONSTRAINT schedule_pkey;
ALTER TABLE schedule ADD PRIMARY KEY (account_id, sync_id, jobs);
ALTER TABLE fire ADD COLUMN jobs text NOT NULL DEFAULT 'sync';
ALTER TABLE fire DROP CONSTRAINT fire_pkey;
ALTER TABLE fire ADD PRIMARY KEY (account_id, sync_id, jobs, local_time, pass);
