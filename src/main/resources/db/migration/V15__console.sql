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

-- Members of a group by key and by name, page by page.
CREATE INDEX member_in_group ON member (account_id, sync_id, group_name, member_key);
CREATE INDEX member_in_group_named ON member (account_id, sync_id, group_name, sort_name);
CREATE INDEX member_left_out ON member (account_id, sync_id, group_name, member_key)
  INCLUDE (reason) WHERE present AND (reason IS NOT NULL OR NOT group_winner);

-- How the groups stood when a run last ended: counting a million statuses takes seconds.
CREATE TABLE group_standing (
  account_id     int NOT NULL,
  sync_id        int NOT NULL,
  group_name     text NOT NULL,
  members        bigint NOT NULL,
  synced         bigint NOT NULL,
  pending        bigint NOT NULL,
  sending        bigint NOT NULL,
  unsubscribed   bigint NOT NULL,
  failed         bigint NOT NULL,
  held           bigint NOT NULL,
  not_applicable bigint NOT NULL,
  confirmed_at   timestamptz,
  PRIMARY KEY (account_id, sync_id, group_name)
);
COMMENT ON COLUMN group_standing.confirmed_at IS 'when the provider last confirmed one of its members';

CREATE TABLE standing (
  account_id int NOT NULL,
  sync_id    int NOT NULL,
  stamp      text NOT NULL,
  at         timestamptz NOT NULL,
  PRIMARY KEY (account_id, sync_id)
);
COMMENT ON TABLE standing IS 'as of when the groups of a sync were counted';
COMMENT ON COLUMN standing.stamp IS 'the state that was counted; as long as it is the same nothing needs counting';

-- Members that are neither synced nor left out by the rules, so that a page of them is found at once.
CREATE TABLE outstanding (
  account_id int NOT NULL,
  sync_id    int NOT NULL,
  group_name text NOT NULL,
  status     text NOT NULL CHECK (
    status IN ('pending', 'sending', 'unsubscribed', 'failed', 'held')),
  member_key text NOT NULL,
  PRIMARY KEY (account_id, sync_id, group_name, status, member_key)
);

-- Somebody has left for the provider to connect an account, and may come back once.
CREATE TABLE account_connecting (
  state_hash   bytea PRIMARY KEY,
  account_name text NOT NULL,
  session_hash bytea NOT NULL,
  verifier     bytea NOT NULL,
  redirect     text NOT NULL,
  until        timestamptz NOT NULL
);
COMMENT ON COLUMN account_connecting.session_hash IS 'only who is signed in in this session may come back';
COMMENT ON COLUMN account_connecting.verifier IS 'of PKCE, encrypted';

ALTER TABLE account_token ADD COLUMN scopes text, ADD COLUMN last_error text, ADD COLUMN last_error_at timestamptz;
COMMENT ON COLUMN account_token.scopes IS 'what was granted, as far as the provider told, separated by blanks';
COMMENT ON COLUMN account_token.last_error IS 'why the last renewal of the tokens failed; empty after one that worked';
