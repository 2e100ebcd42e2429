-- What the provider held otherwise than the hub thought, as complete readings found it.

CREATE TABLE reconciliation (
  account_id    int NOT NULL,
  run_id        bigint NOT NULL,
  sync_id       int NOT NULL,
  at            timestamptz NOT NULL,
  scheduled_for timestamp,
  contacts      bigint NOT NULL,
  PRIMARY KEY (account_id, run_id)
);
CREATE INDEX reconciliation_by_sync ON reconciliation (account_id, sync_id, run_id);
COMMENT ON COLUMN reconciliation.scheduled_for IS 'the time of the schedule that was due, by the wall clock of the sync''s zone';
COMMENT ON COLUMN reconciliation.contacts IS 'how many contacts the provider held';

CREATE TABLE drift (
  account_id int NOT NULL,
  run_id     bigint NOT NULL,
  drift_no   bigint GENERATED ALWAYS AS IDENTITY,
  kind       text NOT NULL CHECK (kind IN ('contactGone', 'contactUnknown', 'membershipLost',
    'membershipAdded', 'permissionChanged', 'addressChanged', 'fieldsChanged', 'listRenamed',
    'listDeleted')),
  address    text,
  former     text,
  contact_id text,
  member_key text,
  list_no    int,
  detail     text,
  repairs    boolean NOT NULL DEFAULT false,
  why        text,
  rendering  bigint,
  PRIMARY KEY (account_id, run_id, drift_no)
);
CREATE INDEX drift_rendering ON drift (account_id, address) WHERE rendering IS NOT NULL;
COMMENT ON COLUMN drift.former IS 'of a changed address: the one that was known';
COMMENT ON COLUMN drift.repairs IS 'the run puts it right; of a dry run: would put it right';
COMMENT ON COLUMN drift.rendering IS 'of changed fields that a provider may write in its own way: both sides, to know them again';
COMMENT ON COLUMN drift.why IS 'why it is left as it is';

-- The two sides of each list at the end of the last reconciliation.
CREATE TABLE list_balance (
  account_id   int NOT NULL,
  list_no      int NOT NULL,
  run_id       bigint NOT NULL,
  at           timestamptz NOT NULL,
  at_provider  bigint NOT NULL,
  ours         bigint NOT NULL,
  by_hand      bigint NOT NULL,
  unsubscribed bigint NOT NULL,
  erased       bigint NOT NULL,
  PRIMARY KEY (account_id, list_no)
);
COMMENT ON COLUMN list_balance.at_provider IS 'by the provider''s own count';
