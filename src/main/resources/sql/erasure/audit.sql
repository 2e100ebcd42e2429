-- What was done stays known, and about whom does not. A run that was asked for has the key in its words.
UPDATE audit
SET about = 'somebody who was erased'
WHERE sync = :sync
  AND (about = :key
    OR right(regexp_replace(about, '(, dry run)?(, reading everything back)?$', ''),
      length(' of member ' || :key::text)) = ' of member ' || :key::text)
