-- With the token in a key, whoever takes a lease over waits for a fenced transaction (FOR KEY SHARE),
-- while the owner's heartbeat, which touches no key, does not.
ALTER TABLE lease ADD CONSTRAINT lease_token UNIQUE (name, token);
