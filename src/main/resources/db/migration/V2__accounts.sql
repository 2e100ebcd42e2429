-- Accounts: their tokens, and the pace that all accounts with one API key share.

-- One row is one place in the provider's sliding second. A call holds a slot until it has
-- finished, and the slot rests one second after that: two uses of it reach the provider at least a
-- second apart, so N slots never let more than N requests into any second.
CREATE TABLE pace_slot (
  api_key TEXT NOT NULL, -- SHA-256 in hex: the key itself is nobody's business here
  slot INTEGER NOT NULL,
  free_at TIMESTAMPTZ NOT NULL, -- by this database's clock; a crashed holder's slot frees itself
  permit UUID, -- the last holder: one that overran its deadline must not free its successor's slot
  PRIMARY KEY (api_key, slot)
)
-- Every call updates a slot twice: room in the page, and no index on what changes, keep that cheap.
WITH (fillfactor = 50);

CREATE TABLE pace_day (
  api_key TEXT NOT NULL,
  day DATE NOT NULL, -- the provider counts UTC days
  used BIGINT NOT NULL,
  spent BOOLEAN NOT NULL DEFAULT FALSE, -- the provider said so, whatever was counted here
  PRIMARY KEY (api_key, day)
)
WITH (fillfactor = 50);

-- After "too many requests" everybody with the key pauses, on every node.
CREATE TABLE pace_pause (
  api_key TEXT PRIMARY KEY,
  until TIMESTAMPTZ NOT NULL,
  throttled INTEGER NOT NULL DEFAULT 0 -- how often in a row: the pauses grow
);

CREATE TABLE account_token (
  account_name TEXT PRIMARY KEY,
  state TEXT NOT NULL CHECK (state IN ('connected', 'reconnect')),
  access_ciphertext BYTEA, -- absent until the first refresh of a taken-over refresh token
  refresh_ciphertext BYTEA NOT NULL,
  issued_at TIMESTAMPTZ NOT NULL,
  expires_at TIMESTAMPTZ NOT NULL,
  -- The refresh token of the settings that was taken over. Refresh tokens rotate, so it is worth
  -- something once; a keyed digest tells an old one from a new one without giving it away.
  seed_digest TEXT,
  -- Failed refreshes in a row, and when the next one may be tried: the token endpoint has limits.
  failures INTEGER NOT NULL DEFAULT 0,
  retry_at TIMESTAMPTZ,
  connected_as TEXT,
  version BIGINT NOT NULL, -- grows with every new pair
  updated_at TIMESTAMPTZ NOT NULL
);
