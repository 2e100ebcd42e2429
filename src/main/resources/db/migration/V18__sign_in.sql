-- People whom an OpenID provider vouches for: never matched by name, only by who says so and for whom.
ALTER TABLE app_user ADD COLUMN issuer text;
ALTER TABLE app_user ADD COLUMN subject text;
ALTER TABLE app_user ADD CHECK ((issuer IS NULL) = (subject IS NULL));
CREATE UNIQUE INDEX app_user_by_subject ON app_user (issuer, subject);

-- What a person needs to know a session of theirs again.
ALTER TABLE user_session ADD COLUMN session_id bigint GENERATED ALWAYS AS IDENTITY;
ALTER TABLE user_session ADD COLUMN browser text;
COMMENT ON COLUMN user_session.browser IS 'as the browser calls itself; no more than a hint';

-- Browsers in which somebody has signed in before. Wrong passwords from elsewhere do not lock them out.
CREATE TABLE user_browser (
  hash         bytea PRIMARY KEY,
  user_id      bigint NOT NULL REFERENCES app_user ON DELETE CASCADE,
  failures     int NOT NULL DEFAULT 0,
  locked_until timestamptz,
  seen_at      timestamptz NOT NULL
);
CREATE INDEX user_browser_by_user ON user_browser (user_id);

-- Sign-ins that are under way at an OpenID provider; each is good once.
CREATE TABLE oidc_attempt (
  state    bytea PRIMARY KEY,
  browser  bytea NOT NULL,
  nonce    text NOT NULL,
  verifier text NOT NULL,
  path     text NOT NULL,
  until    timestamptz NOT NULL
);
COMMENT ON COLUMN oidc_attempt.browser IS 'hash of a cookie: who comes back has to be who left';
COMMENT ON COLUMN oidc_attempt.path IS 'where the person wanted to go';
CREATE INDEX oidc_attempt_by_time ON oidc_attempt (until);
