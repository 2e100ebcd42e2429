-- Machines: their tokens, what they asked to be run, and what they are told about runs.

-- No token is kept as it is known outside: only its hash.
CREATE TABLE api_token (
  token_id   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name       text NOT NULL,
  role       text NOT NULL CHECK (role IN ('viewer', 'operator', 'administrator')),
  hash       bytea NOT NULL UNIQUE,
  made_by    text NOT NULL,
  made_at    timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  used_at    timestamptz,
  revoked_at timestamptz
);
CREATE UNIQUE INDEX api_token_by_name ON api_token (lower(name)) WHERE revoked_at IS NULL;
COMMENT ON COLUMN api_token.used_at IS 'to the minute';

-- What was asked to be run in the background. One order may become several runs, or none.
CREATE TABLE run_order (
  order_id    bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  sync        text NOT NULL,
  what        text NOT NULL,
  state       text NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'failed')),
  runs        bigint[] NOT NULL DEFAULT '{}',
  error       text,
  asked_by    text NOT NULL,
  asked_at    timestamptz NOT NULL,
  alive_at    timestamptz NOT NULL,
  finished_at timestamptz,
  token_id    bigint,
  key         text,
  UNIQUE (token_id, key)
);
COMMENT ON COLUMN run_order.what IS 'in words that are the same for the same request';
COMMENT ON COLUMN run_order.alive_at IS 'when the process that works on it last said so';
COMMENT ON COLUMN run_order.key IS 'the Idempotency-Key with which it was asked for';

-- What happened to runs, in the order in which it was committed.
CREATE TABLE event (
  event_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at       timestamptz NOT NULL,
  type     text NOT NULL CHECK (type IN ('run.started', 'run.held', 'run.finished', 'run.decided')),
  sync     text NOT NULL,
  run_id   bigint NOT NULL,
  job      text NOT NULL,
  state    text NOT NULL,
  decision text
);
CREATE INDEX event_by_time ON event (at);

-- By a trigger, so that whoever changes a run tells of it. The lock makes the numbers become visible
-- in their order: a reader that has seen one has missed none before it.
CREATE FUNCTION tell_of_run() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  what   text;
  moment timestamptz;
BEGIN
  IF TG_OP = 'INSERT' THEN
    what := 'run.started';
    moment := NEW.started_at;
  ELSIF NEW.state IS DISTINCT FROM OLD.state THEN
    what := CASE NEW.state WHEN 'held' THEN 'run.held' ELSE 'run.finished' END;
    moment := coalesce(NEW.finished_at, NEW.started_at);
  ELSE
    what := 'run.decided';
    moment := coalesce(NEW.decided_at, NEW.started_at);
  END IF;
  PERFORM pg_advisory_xact_lock(7262173, 19);
  INSERT INTO event (at, type, sync, run_id, job, state, decision)
  SELECT moment, what, s.name, NEW.run_id, NEW.job, NEW.state,
    CASE what WHEN 'run.decided' THEN NEW.decision END
  FROM sync s
  WHERE s.account_id = NEW.account_id AND s.sync_id = NEW.sync_id;
  RETURN NULL;
END
$$;

CREATE TRIGGER run_begun AFTER INSERT ON run
  FOR EACH ROW EXECUTE FUNCTION tell_of_run();
CREATE TRIGGER run_changed AFTER UPDATE OF state, decision ON run
  FOR EACH ROW WHEN (
    NEW.state IS DISTINCT FROM OLD.state
    OR NEW.decision IS DISTINCT FROM OLD.decision AND NEW.decision IN ('approved', 'rejected'))
  EXECUTE FUNCTION tell_of_run();
