-- What pages for people need: finding members quickly, a second approval, reading back the audit.

-- Members are found by the beginning of their key, address or name. Bytes decide the order, whatever
-- the database's own collation is.
CREATE INDEX member_by_key_text
  ON member (account_id, sync_id, (lower(member_key) COLLATE "C"), member_key);
CREATE INDEX member_by_address_text
  ON member (account_id, sync_id, (lower(coalesce(address, email)) COLLATE "C"), member_key)
  WHERE coalesce(address, email) IS NOT NULL;
CREATE INDEX member_by_display_name
  ON member (account_id, sync_id, (lower(display_name) COLLATE "C"), member_key)
  WHERE display_name IS NOT NULL;
CREATE INDEX member_by_sort_name
  ON member (account_id, sync_id, sort_name, member_key) WHERE sort_name IS NOT NULL;
CREATE INDEX consent_member_by_key ON consent_member (account_id, sync_id, member_key);

CREATE INDEX dead_letter_waiting ON dead_letter (dead_letter_id) WHERE state = 'open';
CREATE INDEX address_conflict_open ON address_conflict (account_id, sync_id, member_key)
  WHERE state = 'open';

ALTER TABLE run ADD COLUMN first_approval text;
COMMENT ON COLUMN run.first_approval IS 'of a held plan that two people have to approve: who was the first';

CREATE INDEX run_by_undone ON run (undoes, run_id) WHERE undoes IS NOT NULL;

CREATE INDEX audit_by_who ON audit (lower(who), audit_id);
