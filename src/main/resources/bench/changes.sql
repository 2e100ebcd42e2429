-- One day: 0.4 % of the members change a field, 0.2 % leave, 0.2 % change their group. The number of
-- a member decides what happens to it.
UPDATE roster SET job_title = 'Chair', updated_at = updated_at + interval '1 day'
WHERE substr(member_key, 2)::bigint % 1000 IN (14, 214, 414, 614);

DELETE FROM roster WHERE substr(member_key, 2)::bigint % 1000 IN (28, 528);

UPDATE roster SET "group" = 'Group ' || lpad((1 + substr("group", 7)::int % @groups@)::text, 3, '0')
WHERE substr(member_key, 2)::bigint % 1000 IN (46, 546);
