-- Who may look at the console and what they did. No password is kept, and no session or link as it is
-- known outside: only hashes.

CREATE TABLE app_user (
  user_id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name          text NOT NULL,
  role          text NOT NULL CHECK (role IN ('viewer', 'operator', 'administrator')),
  password      text,
  failures      int NOT NULL DEFAULT 0,
  locked_until  timestamptz,
  active        boolean NOT NULL DEFAULT true,
  created_at    timestamptz NOT NULL,
  signed_in_at  timestamptz
);
CREATE UNIQUE INDEX app_user_by_name ON app_user (lower(name));
COMMENT ON COLUMN app_user.failures IS 'wrong passwords in a row';

-- A link that is good once: to choose the first password, or a new one.
CREATE TABLE user_link (
  hash     bytea PRIMARY KEY,
  user_id  bigint REFERENCES app_user ON DELETE CASCADE,
  until    timestamptz NOT NULL
);
COMMENT ON COLUMN user_link.user_id IS 'empty: whoever opens it becomes the first administrator';

CREATE TABLE user_session (
  hash       bytea PRIMARY KEY,
  user_id    bigint NOT NULL REFERENCES app_user ON DELETE CASCADE,
  form_token text NOT NULL,
  begun_at   timestamptz NOT NULL,
  seen_at    timestamptz NOT NULL,
  notice     text
);
CREATE INDEX user_session_by_user ON user_session (user_id);
COMMENT ON COLUMN user_session.form_token IS 'what a form of this session must bring along';
COMMENT ON COLUMN user_session.notice IS 'what the next page tells, once';

CREATE TABLE audit (
  audit_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at       timestamptz NOT NULL,
  who      text NOT NULL,
  through  text NOT NULL CHECK (through IN ('console', 'command', 'api')),
  what     text NOT NULL,
  sync     text,
  about    text
);
CREATE INDEX audit_by_sync ON audit (sync, audit_id);
COMMENT ON COLUMN audit.about IS 'which run, group, member key or user; never an address';
