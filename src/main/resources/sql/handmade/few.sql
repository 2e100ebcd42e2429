-- Members whose key, address or name begins with a text, some of them twice, up to a number. Each branch
-- is read by an index of V16.
SELECT h.member_key
FROM (
  (SELECT m.member_key
  FROM member m
  WHERE m.account_id = :account AND m.sync_id = :sync
    AND lower(m.member_key) COLLATE "C" >= lower(:text::text)
    AND lower(m.member_key) COLLATE "C" < lower(:text::text) || :end::text
  LIMIT :most)
  UNION ALL
  (SELECT m.member_key
  FROM member m
  WHERE m.account_id = :account AND m.sync_id = :sync
    AND coalesce(m.address, m.email) IS NOT NULL
    AND lower(coalesce(m.address, m.email)) COLLATE "C" >= lower(:text::text)
    AND lower(coalesce(m.address, m.email)) COLLATE "C" < lower(:text::text) || :end::text
  LIMIT :most)
  UNION ALL
  (SELECT m.member_key
  FROM member m
  WHERE m.account_id = :account AND m.sync_id = :sync AND m.display_name IS NOT NULL
    AND lower(m.display_name) COLLATE "C" >= lower(:text::text)
    AND lower(m.display_name) COLLATE "C" < lower(:text::text) || :end::text
  LIMIT :most)
  UNION ALL
  (SELECT m.member_key
  FROM member m
  WHERE m.account_id = :account AND m.sync_id = :sync
    AND m.sort_name >= lower(:text::text) AND m.sort_name < lower(:text::text) || :end::text
  LIMIT :most)
) h
LIMIT :most
