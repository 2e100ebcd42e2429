-- Who asked for a run of the person, and what became of it, stays known as well.
UPDATE run_order
SET what = 'a run of somebody who was erased'
WHERE sync = :sync
  AND right(regexp_replace(what, '(, dry run)?(, reading everything back)?$', ''),
    length(' of member ' || :key::text)) = ' of member ' || :key::text
