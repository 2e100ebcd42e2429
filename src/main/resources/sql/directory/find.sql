-- Members whose key, address or name begins with a text, in the order of what matched. Each branch
-- reads no further than the page asks, by an index of V16.
WITH hit AS MATERIALIZED (
  SELECT s.account_id, s.sync_id, s.name AS sync, h.matched, h.member_key
  FROM sync s
  CROSS JOIN LATERAL (
    (SELECT DISTINCT lower(m.member_key) COLLATE "C" AS matched, m.member_key
    FROM member m
    WHERE m.account_id = s.account_id AND m.sync_id = s.sync_id
      AND lower(m.member_key) COLLATE "C" >= lower(:text::text) AND lower(m.member_key) COLLATE "C" < lower(:text::text) || :farthest::text
      AND lower(m.member_key) COLLATE "C" >= :matched::text
      AND (lower(m.member_key) COLLATE "C", s.name, m.member_key) > (:matched::text, :atSync::text, :atKey::text)
    ORDER BY 1, 2
    LIMIT :most)
    UNION ALL
    (SELECT DISTINCT lower(coalesce(m.address, m.email)) COLLATE "C" AS matched, m.member_key
    FROM member m
    WHERE m.account_id = s.account_id AND m.sync_id = s.sync_id
      AND lower(coalesce(m.address, m.email)) COLLATE "C" >= lower(:text::text) AND lower(coalesce(m.address, m.email)) COLLATE "C" < lower(:text::text) || :farthest::text
      AND lower(coalesce(m.address, m.email)) COLLATE "C" >= :matched::text
      AND (lower(coalesce(m.address, m.email)) COLLATE "C", s.name, m.member_key) > (:matched::text, :atSync::text, :atKey::text)
    ORDER BY 1, 2
    LIMIT :most)
    UNION ALL
    (SELECT DISTINCT lower(m.display_name) COLLATE "C" AS matched, m.member_key
    FROM member m
    WHERE m.account_id = s.account_id AND m.sync_id = s.sync_id
      AND lower(m.display_name) COLLATE "C" >= lower(:text::text) AND lower(m.display_name) COLLATE "C" < lower(:text::text) || :farthest::text
      AND lower(m.display_name) COLLATE "C" >= :matched::text
      AND (lower(m.display_name) COLLATE "C", s.name, m.member_key) > (:matched::text, :atSync::text, :atKey::text)
    ORDER BY 1, 2
    LIMIT :most)
    UNION ALL
    (SELECT DISTINCT m.sort_name AS matched, m.member_key
    FROM member m
    WHERE m.account_id = s.account_id AND m.sync_id = s.sync_id
      AND m.sort_name >= :sortText::text AND m.sort_name < :sortText::text || :farthest::text
      AND m.sort_name >= :matched::text
      AND (m.sort_name, s.name, m.member_key) > (:matched::text, :atSync::text, :atKey::text)
    ORDER BY 1, 2
    LIMIT :most)
  ) h
  WHERE :sync::text IS NULL OR s.name = :sync
  ORDER BY h.matched, s.name, h.member_key
  LIMIT :most
)
SELECT h.sync, h.matched, h.member_key, d.display_name, d.address, d.present
FROM hit h
CROSS JOIN LATERAL (
  SELECT max(m.display_name) AS display_name, max(coalesce(m.address, m.email)) AS address,
    count(*) FILTER (WHERE m.present) AS present
  FROM member m
  WHERE m.account_id = h.account_id AND m.sync_id = h.sync_id AND m.member_key = h.member_key
) d
ORDER BY h.matched, h.sync, h.member_key
