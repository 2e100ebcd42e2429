-- The members of the association, one row per member and group. The column names are the contract;
-- chapter and member_since are no part of it and become custom fields.
SELECT
  'P' || p.id AS member_key,
  'person' AS kind,
  p.email,
  p.first_name,
  p.last_name,
  c.name AS company_name,
  p.job_title,
  p.phone,
  p.street,
  p.city,
  p.postcode AS postal_code,
  p.country,
  p.born_on AS birthday,
  t.name AS "group",
  CASE WHEN p.beneficiary_of IS NULL THEN 'primary' ELSE 'beneficiary' END AS membership,
  b.enabled,
  p.state AS status,
  p.no_marketing AS marketing_opt_out,
  p.role,
  'C' || p.company_id AS parent_key,
  p.can_sign_in AS has_login,
  p.changed_at AS updated_at,
  p.chapter,
  p.joined_on AS member_since
FROM person p
JOIN belongs b ON b.person_id = p.id
JOIN team t ON t.id = b.team_id
LEFT JOIN company c ON c.id = p.company_id
UNION ALL
SELECT
  'C' || c.id, 'company', c.email, NULL, NULL, c.name, NULL, c.phone, c.street, c.city, c.postcode,
  c.country, NULL, t.name, 'primary', b.enabled, c.state, c.no_marketing, 'member',
  'C' || c.parent_id, false, c.changed_at, c.chapter, c.joined_on
FROM company c
JOIN belongs b ON b.company_id = c.id
JOIN team t ON t.id = b.team_id
