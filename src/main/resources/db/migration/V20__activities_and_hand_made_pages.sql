-- What the pages of activities and of hand-made memberships need.

CREATE INDEX campaign_by_time ON campaign (account_id, sent_at, campaign_id);

-- How often what was done, hour by hour: counting a million activities takes seconds. It tells of nobody,
-- so it stays when people or months are forgotten.
CREATE TABLE campaign_hour (
  account_id  int NOT NULL,
  campaign_no int NOT NULL,
  kind        text NOT NULL,
  at          timestamptz NOT NULL,
  link_no     int NOT NULL DEFAULT 0,
  events      bigint NOT NULL,
  PRIMARY KEY (account_id, campaign_no, kind, at, link_no)
);
COMMENT ON COLUMN campaign_hour.at IS 'the beginning of the hour';

ALTER TABLE account ADD COLUMN hours_until bigint NOT NULL DEFAULT 0;
COMMENT ON COLUMN account.hours_until IS 'the last activity that campaign_hour counts';

-- Members whom somebody is about to put into a group, until it is saved.
CREATE TABLE draft (
  account_id int NOT NULL,
  sync_id    int NOT NULL,
  made_by    text NOT NULL,
  group_name text NOT NULL,
  begun_at   timestamptz NOT NULL,
  PRIMARY KEY (account_id, sync_id, made_by)
);
CREATE TABLE draft_member (
  account_id int NOT NULL,
  sync_id    int NOT NULL,
  made_by    text NOT NULL,
  member_key text NOT NULL,
  PRIMARY KEY (account_id, sync_id, made_by, member_key),
  FOREIGN KEY (account_id, sync_id, made_by) REFERENCES draft ON DELETE CASCADE
);
