-- What the console shows of runs under way and of how groups stood at the end of the last run.

-- A table of its own: noting it must never wait for whoever is writing to the run.
CREATE TABLE run_progress (
  run_id bigint PRIMARY KEY,
  phase  text NOT NULL,
  done   bigint NOT NULL DEFAULT 0,
  todo   bigint NOT NULL DEFAULT 0,
  since  timestamptz NOT NULL,
  at     timestamptz NOT NULL
);
COMMENT ON COLUMN run_progress.phase IS 'what the run is doing';
COMMENT ON COLUMN run_progress.todo IS 'how much there is to do in this phase; 0 when that is not known';
COMMENT ON COLUMN run_progress.since IS 'when the phase began';
COMMENT ON COLUMN run_progress.at IS 'when the run last told';
CREATE INDEX run_under_way ON run (run_id) WHERE state = 'running';
CREATE INDEX run_by_time ON run (started_at);
