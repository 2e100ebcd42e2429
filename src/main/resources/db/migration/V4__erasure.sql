-- Who was erased on request. Nothing here says who that is: of the member's key and addresses only
-- hashes under a key of the hub's own are kept, so that a later import does not bring the person
-- back. An erasure holds for every account, and so these tables carry none.

CREATE TABLE erasure (
  erasure_id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at         timestamptz NOT NULL,
  by         text NOT NULL,
  opted_out  boolean NOT NULL,
  key_check  bytea NOT NULL
);
COMMENT ON COLUMN erasure.opted_out IS 'the person had opted out somewhere, and stays unsubscribed whatever happens';
COMMENT ON COLUMN erasure.key_check IS 'tells another secret key, under which no hash would ever match';

CREATE TABLE erasure_hash (
  hash       bytea PRIMARY KEY,
  erasure_id int NOT NULL REFERENCES erasure ON DELETE CASCADE
);
CREATE INDEX erasure_hash_by_erasure ON erasure_hash (erasure_id);
