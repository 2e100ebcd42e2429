-- Files of members: what was found, when it was taken, what became of it.

CREATE TABLE drop_file (
  account_id   int NOT NULL,
  sync_id      int NOT NULL,
  drop_file_id bigint GENERATED ALWAYS AS IDENTITY,
  drop_name    text NOT NULL,
  file_name    text NOT NULL,
  size         bigint,
  modified_at  timestamptz,
  as_of        timestamp,
  digest       text,
  rules        text,
  content      text NOT NULL CHECK (content IN ('full', 'additions', 'removals')),
  state        text NOT NULL CHECK (state IN ('taken', 'done', 'repeated', 'refused')),
  forced       boolean NOT NULL DEFAULT false,
  taken_at     timestamptz NOT NULL,
  settled_at   timestamptz,
  run_id       bigint,
  rows_read    bigint NOT NULL DEFAULT 0,
  rows_refused bigint NOT NULL DEFAULT 0,
  whole        boolean,
  header       text[],
  reason       text,
  dead_letter  bigint,
  kept_as      text,
  deleted_at   timestamptz,
  PRIMARY KEY (account_id, sync_id, drop_file_id)
);
CREATE INDEX drop_file_by_drop ON drop_file (account_id, sync_id, drop_name, state);
COMMENT ON COLUMN drop_file.drop_name IS 'empty for a file that was imported by hand without a drop';
COMMENT ON COLUMN drop_file.as_of IS 'the date of the export, by whatever clock the exporter has';
COMMENT ON COLUMN drop_file.digest IS 'SHA-256 of the content, in hexadecimal';
COMMENT ON COLUMN drop_file.rules IS 'the settings by which the content was read';
COMMENT ON COLUMN drop_file.whole IS 'of a full list: whether those who are not in it have left';
COMMENT ON COLUMN drop_file.kept_as IS 'the file''s name in done/ or failed/';
COMMENT ON COLUMN drop_file.deleted_at IS 'when the kept file was deleted, for it held personal data';

-- What a removal list names is taken away even where the hub did not put it.
ALTER TABLE member ADD COLUMN named_gone boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN member.named_gone IS 'a removal list names it, so that a membership made by hand leaves as well';

ALTER TABLE dead_letter DROP CONSTRAINT dead_letter_kind_check;
ALTER TABLE dead_letter ADD CONSTRAINT dead_letter_kind_check CHECK (
  kind IN ('record', 'batch', 'answer', 'list', 'field', 'resubscribe', 'opt_out', 'address', 'file'));
