-- The rules once more, written from the design and not from the hub: who is eligible, who wins an
-- address, on which lists it belongs.
CREATE UNLOGGED TABLE expected AS
WITH eligible AS (
  SELECT lower(btrim(email)) AS address, member_key, kind, first_name, last_name, company_name,
    job_title, phone, street, city, postal_code, country, chapter, "group",
    CASE role WHEN 'primary_contact' THEN 1 WHEN 'billing_contact' THEN 2 WHEN 'management' THEN 3
      ELSE CASE kind WHEN 'person' THEN 4 ELSE 5 END END AS rank,
    has_login
  FROM roster
  WHERE btrim(email) ~* '^[a-z0-9]+([._+-][a-z0-9]+)*@([a-z0-9]+(-[a-z0-9]+)*\.)+[a-z]{2,}$'
    AND enabled AND status = 'active' AND NOT marketing_opt_out
), winner AS (
  SELECT DISTINCT ON (address) *
  FROM eligible
  ORDER BY address, rank, CASE WHEN rank IN (3, 4) AND has_login THEN 0 ELSE 1 END,
    CASE kind WHEN 'person' THEN lower(last_name) ELSE lower(company_name) END COLLATE "C",
    lower(first_name) COLLATE "C", member_key COLLATE "C"
), placed AS (
  SELECT address, array_agg(DISTINCT "group" ORDER BY "group") AS lists
  FROM eligible
  GROUP BY address
)
SELECT w.address, p.lists, w.member_key, w.first_name, w.last_name, w.company_name, w.job_title,
  w.phone, w.chapter,
  octet_length(json_strip_nulls(json_build_object('email', w.address, 'first_name', w.first_name,
    'last_name', w.last_name, 'company_name', w.company_name, 'job_title', w.job_title,
    'phone', w.phone, 'street', w.street, 'city', w.city, 'zip', w.postal_code,
    'country', w.country, 'cf:chapter', w.chapter))::text) AS bytes
FROM winner w
JOIN placed p ON p.address = w.address
