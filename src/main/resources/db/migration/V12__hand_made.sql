-- What staff decide about memberships and groups in the hub itself, beside the source and the settings.

-- Members whom staff put into a group. A row that was taken away again stays, to tell who did so.
CREATE TABLE hand_made (
  account_id int NOT NULL,
  sync_id    int NOT NULL,
  member_key text NOT NULL,
  group_name text NOT NULL,
  made_by    text NOT NULL,
  made_at    timestamptz NOT NULL,
  taken_by   text,
  taken_at   timestamptz,
  PRIMARY KEY (account_id, sync_id, member_key, group_name)
);
CREATE INDEX hand_made_by_group ON hand_made (account_id, sync_id, group_name);
COMMENT ON COLUMN hand_made.taken_at IS 'when it was taken away again; empty: it stands';

ALTER TABLE member ADD COLUMN by_hand boolean NOT NULL DEFAULT false;
ALTER TABLE member ADD COLUMN elsewhere text;
COMMENT ON COLUMN member.by_hand IS 'the source does not give the member in this group; hand_made does';
COMMENT ON COLUMN member.elsewhere IS 'of a member disabled in this group: what stands against it in any group';
CREATE INDEX member_by_hand ON member (account_id, sync_id) WHERE by_hand;
CREATE INDEX member_by_parent ON member (account_id, sync_id, parent_key)
  WHERE parent_key IS NOT NULL;

-- Groups that staff selected or deselected, whatever the setting says.
CREATE TABLE group_choice (
  account_id int NOT NULL,
  sync_id    int NOT NULL,
  group_name text NOT NULL,
  selected   boolean NOT NULL,
  chosen_by  text NOT NULL,
  chosen_at  timestamptz NOT NULL,
  PRIMARY KEY (account_id, sync_id, group_name)
);
