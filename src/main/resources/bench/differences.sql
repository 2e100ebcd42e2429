-- What the provider holds and what the rules say, contact by contact. A contact that left its lists
-- may stay without any.
SELECT kind, count(*) AS count, min(member_key) AS example
FROM (
  SELECT e.member_key,
    CASE
      WHEN s.address IS NULL THEN 'a member is missing at the provider'
      WHEN e.address IS NULL AND s.lists <> '{}' THEN 'somebody is on a list and should not be'
      WHEN e.address IS NOT NULL AND e.lists <> s.lists THEN 'the lists of a contact differ'
      WHEN e.address IS NOT NULL AND (s.first_name, s.last_name, s.company_name, s.job_title,
          s.phone, s.chapter)
        IS DISTINCT FROM (e.first_name, e.last_name, e.company_name, e.job_title, e.phone,
          e.chapter) THEN 'the fields of a contact differ'
    END AS kind
  FROM expected e
  FULL JOIN seen s ON s.address = e.address
) pairs
WHERE kind IS NOT NULL
GROUP BY kind
ORDER BY kind
