-- Schedules that somebody paused, for all nodes. A row means: nothing begins by itself.
CREATE TABLE schedule_pause (
  account_id int NOT NULL,
  sync_id    int NOT NULL,
  since      timestamptz NOT NULL,
  by         text NOT NULL,
  PRIMARY KEY (account_id, sync_id)
);

-- Over JMX, through Hawtio too, things are done as well.
ALTER TABLE audit DROP CONSTRAINT audit_through_check;
ALTER TABLE audit ADD CONSTRAINT audit_through_check
  CHECK (through IN ('console', 'command', 'api', 'jmx'));
