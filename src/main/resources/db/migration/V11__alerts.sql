-- What somebody has been told about, and the messages that say so.

CREATE TABLE alert (
  account_name text NOT NULL,
  kind         text NOT NULL,
  subject      text NOT NULL,
  since        timestamptz NOT NULL,
  mark         bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (account_name, kind, subject)
);
COMMENT ON COLUMN alert.subject IS 'the sync or the account it is about';
COMMENT ON COLUMN alert.mark IS 'of dead letters: the last one that was told';

CREATE TABLE mail (
  mail_id    bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  message_id uuid NOT NULL DEFAULT gen_random_uuid() UNIQUE,
  subject    text NOT NULL,
  body       text NOT NULL,
  state      text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'sent', 'given up')),
  created_at timestamptz NOT NULL,
  due_at     timestamptz NOT NULL,
  attempts   int NOT NULL DEFAULT 0,
  had        text[] NOT NULL DEFAULT '{}',
  error      text,
  settled_at timestamptz
);
CREATE INDEX mail_waiting ON mail (mail_id) WHERE state = 'waiting';
COMMENT ON COLUMN mail.due_at IS 'not tried again before';
COMMENT ON COLUMN mail.had IS 'recipients for whom the server has taken it';
COMMENT ON COLUMN mail.error IS 'why the last attempt failed, for at least one recipient';

-- One row: when the digest was due last.
CREATE TABLE digest (
  one       boolean PRIMARY KEY DEFAULT true CHECK (one),
  cron      text NOT NULL,
  time_zone text NOT NULL,
  since     timestamptz NOT NULL,
  sent_for  timestamptz
);
COMMENT ON COLUMN digest.since IS 'when this schedule was met first: earlier times were never owed';
