-- The name of all people who share an address, on the row whose fields its contact carries: "Ann and
-- Bob Miller", "Ann Miller and Bob Stone", and for more people than are named, or names longer than a
-- provider keeps (50 characters each), "The Miller household" or "Ann Miller and others". The winner
-- comes first; who has the same name twice is one person; companies are not named.
WITH contested AS (
  SELECT m.address
  FROM affected a
  JOIN member m ON m.account_id = :account AND m.address = a.address
  WHERE m.sync_id = :sync AND m.present AND m.reason IS NULL
  GROUP BY m.address
  HAVING count(DISTINCT m.member_key) > 1
), person AS (
  SELECT DISTINCT ON (m.address, m.sort_name)
    m.address, m.member_key, m.contact_winner, m.rank, m.sort_name, n.first_name, n.last_name,
    split_part(m.sort_name, chr(1), 1) AS family
  FROM contested
  JOIN member m ON m.account_id = :account AND m.address = contested.address
  CROSS JOIN LATERAL json_to_record(m.fields::json) AS n(first_name text, last_name text)
  WHERE m.sync_id = :sync AND m.present AND m.reason IS NULL
    AND position(chr(1) IN m.sort_name) > 0
  ORDER BY m.address, m.sort_name, m.contact_winner DESC, m.rank, m.member_key COLLATE "C"
), placed AS (
  SELECT p.*,
    row_number() OVER (
      PARTITION BY address
      ORDER BY contact_winner DESC, rank, sort_name, member_key COLLATE "C") AS place
  FROM person p
), household AS (
  SELECT address, count(*)::int AS people,
    count(DISTINCT family) = 1 AND bool_and(last_name IS NOT NULL) AS one_family,
    bool_and(first_name IS NOT NULL) AS all_first,
    array_agg(first_name ORDER BY place) AS firsts,
    array_agg(concat_ws(' ', first_name, last_name) ORDER BY place) AS wholes,
    (array_agg(last_name ORDER BY place))[1] AS family,
    (array_agg(CASE WHEN last_name IS NOT NULL THEN first_name END ORDER BY place DESC))[1]
      AS closing_first,
    (array_agg(coalesce(last_name, first_name) ORDER BY place DESC))[1] AS closing_last
  FROM placed
  GROUP BY address
  HAVING count(*) > 1 AND bool_or(contact_winner)
), said AS (
  SELECT h.address, s.first_name, s.last_name, s.attempt
  FROM household h
  CROSS JOIN LATERAL (
    SELECT 1 AS attempt,
      array_to_string(firsts[1 : people - 1], ', ') || ' and ' || firsts[people] AS first_name,
      family AS last_name
    WHERE people <= :people AND one_family AND all_first
    UNION ALL
    SELECT 1,
      array_to_string(wholes[1 : people - 1], ', ') || ' and' || coalesce(' ' || closing_first, ''),
      closing_last
    WHERE people <= :people AND NOT (one_family AND all_first)
    UNION ALL
    SELECT 2, 'The ' || family, 'household' WHERE one_family
    UNION ALL
    SELECT 2, wholes[1], 'and others' WHERE NOT one_family
  ) s
  WHERE char_length(s.first_name) <= 50 AND char_length(s.last_name) <= 50
), name AS (
  SELECT DISTINCT ON (address) address, first_name, last_name
  FROM said
  ORDER BY address, attempt
), combined AS (
  SELECT m.member_key, m.group_name,
    (m.fields::jsonb
      || jsonb_build_object('first_name', n.first_name, 'last_name', n.last_name))::text AS fields
  FROM name n
  JOIN member m ON m.account_id = :account AND m.address = n.address
  WHERE m.sync_id = :sync AND m.contact_winner
), kept AS (
  INSERT INTO former_fields (account_id, digest, fields, kept_at)
  SELECT DISTINCT ON (m.fields_digest) m.account_id, m.fields_digest, m.fields, now()
  FROM combined c
  JOIN member m
    ON m.account_id = :account AND m.sync_id = :sync
    AND m.member_key = c.member_key AND m.group_name = c.group_name
  ON CONFLICT (account_id, digest) DO UPDATE SET kept_at = excluded.kept_at
)
UPDATE member m
SET own_fields = m.fields, fields = c.fields, fields_digest = hashtextextended(c.fields, 0)
FROM combined c
WHERE m.account_id = :account AND m.sync_id = :sync
  AND m.member_key = c.member_key AND m.group_name = c.group_name
