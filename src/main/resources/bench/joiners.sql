-- Members of a range of numbers, spread over the groups.
INSERT INTO roster
SELECT
  'M' || n,
  CASE WHEN company THEN 'company' ELSE 'person' END,
  CASE
    WHEN n % 50 = 7 THEN NULL
    WHEN n % 100 = 13 THEN
      (ARRAY['member.example', 'member@@post.example', 'a b@post.example', 'member@post',
        '.member@post.example', 'member@post.example; other@post.example'])[1 + n / 100 % 6]
    WHEN n % 50 IN (22, 23) THEN 'Family' || n / 50 || '@' || domain
    ELSE lower(first) || '.' || n || '@' || domain
  END,
  CASE WHEN NOT company THEN first END,
  CASE WHEN NOT company THEN last END,
  CASE WHEN company OR n % 3 = 0 THEN last || ' & Söhne ' || n % 9973 END,
  CASE WHEN NOT company THEN (ARRAY['Director', 'Engineer', 'Owner', 'Clerk'])[1 + n % 4] END,
  '+44 20 7946 ' || lpad((n % 10000)::text, 4, '0'),
  'Market Street ' || n % 300,
  'Portbury',
  'PB' || n % 40,
  'United Kingdom',
  'Group ' || lpad((1 + (g.number + first_group) % groups)::text, 3, '0'),
  CASE WHEN n % 17 = 5 THEN 'beneficiary' ELSE 'primary' END,
  n % 61 <> 5,
  CASE WHEN n % 37 = 9 THEN 'lapsed' ELSE 'active' END,
  n % 29 = 11,
  CASE n % 40 WHEN 1 THEN 'primary_contact' WHEN 2 THEN 'billing_contact'
    WHEN 3 THEN 'management' ELSE 'member' END,
  n % 3 = 1,
  timestamptz '2026-01-01' + n % 300 * interval '1 day',
  (ARRAY['North', 'South', 'East', 'West'])[1 + n % 4]
FROM (
  SELECT n, groups, n % 10 = 9 AS company, n * 7919 % groups AS first_group,
    (ARRAY['Anna', 'Liam', 'Noor', 'Mateo', 'Zoe', 'Kwame', 'Priya', 'Yuki', 'Elif', 'Marek',
      'Ingrid', 'Pierre', 'Nadia', 'Viktor', 'Grace', 'Henry', 'Ivy'])[1 + n % 17] AS first,
    (ARRAY['Adams', 'Okafor', 'Müller', 'Novák', 'García', 'O''Brien', 'Jensen', 'Rossi',
      'Tanaka', 'Singh', 'Haddad', 'Nguyen', 'Ferreira'])[1 + n % 13] AS last,
    (ARRAY['post.example', 'lake.example', 'city.example', 'uni.example'])[1 + n / 50 % 4] AS domain
  FROM (SELECT ?::int AS groups) settings, generate_series(?::bigint, ?::bigint) AS n
) m
CROSS JOIN LATERAL (
  SELECT 0 AS number
  UNION ALL
  SELECT 1 + (n / 7 % (groups - 1))::int WHERE n % 7 = 3 AND groups > 1
) g
ORDER BY n
