INSERT INTO seen AS s (
  contact_id, address, permission, unsubscribed, deleted, opt_out_at, opt_out_by, opt_out_reason,
  lists, updated_at, opt_in_at, opt_in_by, fields)
SELECT DISTINCT ON (u.address) u.*
FROM unnest(
  :ids::text[], :addresses::text[], :permissions::text[], :unsubscribed::boolean[],
  :deleted::boolean[], :optOutAt::timestamptz[], :optOutBy::text[], :optOutReason::text[],
  :lists::text[], :updatedAt::timestamptz[], :optInAt::timestamptz[], :optInBy::text[],
  :fields::text[]) AS u (
  contact_id, address, permission, unsubscribed, deleted, opt_out_at, opt_out_by, opt_out_reason,
  lists, updated_at, opt_in_at, opt_in_by, fields)
ORDER BY u.address, u.deleted
ON CONFLICT (address) DO UPDATE SET
  contact_id = excluded.contact_id,
  permission = excluded.permission,
  unsubscribed = excluded.unsubscribed,
  deleted = excluded.deleted,
  opt_out_at = excluded.opt_out_at,
  opt_out_by = excluded.opt_out_by,
  opt_out_reason = excluded.opt_out_reason,
  lists = excluded.lists,
  updated_at = excluded.updated_at,
  opt_in_at = excluded.opt_in_at,
  opt_in_by = excluded.opt_in_by,
  fields = excluded.fields
WHERE s.deleted OR NOT excluded.deleted
