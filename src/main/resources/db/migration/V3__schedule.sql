-- When syncs run by themselves, and which of those times have been taken care of.

CREATE TABLE schedule (
  account_id int NOT NULL,
  sync_id    int NOT NULL,
  cron       text NOT NULL,
  time_zone  text NOT NULL,
  since      timestamptz NOT NULL,
  PRIMARY KEY (account_id, sync_id)
);
COMMENT ON COLUMN schedule.since IS 'when this schedule was met first: earlier times were never owed';

-- One row per time of a schedule: whoever inserts it runs the sync, so that no node runs it twice.
CREATE TABLE fire (
  account_id  int NOT NULL,
  sync_id     int NOT NULL,
  local_time  timestamp NOT NULL,
  pass        smallint NOT NULL,
  due_at      timestamptz NOT NULL,
  state       text NOT NULL CHECK (state IN ('running', 'stopped', 'done', 'missed')),
  attempts    int NOT NULL DEFAULT 0,
  claimed_at  timestamptz NOT NULL,
  finished_at timestamptz,
  PRIMARY KEY (account_id, sync_id, local_time, pass)
);
COMMENT ON COLUMN fire.local_time IS 'the wall clock''s time in the sync''s zone, which new zone rules do not move';
COMMENT ON COLUMN fire.pass IS '2 when the hour that is turned back passes for the second time';
