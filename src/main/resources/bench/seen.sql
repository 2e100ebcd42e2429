-- The provider's contacts as its own listing gives them, one JSON document a line.
CREATE UNLOGGED TABLE seen AS
SELECT line ->> 'address' AS address,
  ARRAY(SELECT l FROM json_array_elements_text(line -> 'lists') l ORDER BY l) AS lists,
  line ->> 'first_name' AS first_name, line ->> 'last_name' AS last_name,
  line ->> 'company_name' AS company_name, line ->> 'job_title' AS job_title,
  line ->> 'phone' AS phone, line -> 'fields' ->> 'chapter' AS chapter
FROM (SELECT text::json AS line FROM seen_line WHERE text <> '') lines
