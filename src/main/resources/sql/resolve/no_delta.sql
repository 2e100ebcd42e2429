-- Nobody came or changed.
CREATE TEMP TABLE delta (member_key text, group_name text, old_address text, old_parent text)
ON COMMIT DROP
