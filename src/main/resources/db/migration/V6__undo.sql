-- Fields that members had before, by digest, so that a run can be undone.
CREATE TABLE former_fields (
  account_id int NOT NULL,
  digest     bigint NOT NULL,
  fields     text NOT NULL,
  kept_at    timestamptz NOT NULL,
  PRIMARY KEY (account_id, digest)
);
