-- Whether the person ever opted out, as far as the hub knows (invariant 1).
SELECT EXISTS (
    SELECT FROM contact c WHERE c.address = ANY (:addresses) AND c.permission = 'unsubscribed')
  OR EXISTS (
    SELECT
    FROM contact c
    JOIN erased_member e
      ON e.account_id = c.account_id AND e.sync_id = c.member_sync AND e.member_key = c.member_key
    WHERE c.permission = 'unsubscribed')
  OR EXISTS (
    SELECT
    FROM consent o
    WHERE o.address = ANY (:addresses) AND o.what = 'opt_out'
      AND NOT EXISTS (
        SELECT
        FROM consent b
        WHERE b.account_id = o.account_id AND b.contact_id = o.contact_id AND b.at > o.at
          AND (b.what = 'resubscribed' OR b.what = 'opt_in' AND b.system = 'provider')))
  OR EXISTS (
    SELECT
    FROM former_address f
    JOIN erased_member e USING (account_id, sync_id, member_key)
    WHERE f.opted_out)
  OR EXISTS (
    SELECT
    FROM member m
    JOIN erased_member e USING (account_id, sync_id, member_key)
    WHERE m.reason = 'UNSUBSCRIBED_BEFORE')
  OR EXISTS (
    SELECT
    FROM erasure o
    JOIN erasure_hash h USING (erasure_id)
    WHERE o.opted_out AND h.hash = ANY (:hashes))
