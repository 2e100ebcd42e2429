-- Conflicts that are none any more: the member is gone, both sides say the same now, or the source
-- changed its mind after the provider's address had been chosen.
DELETE FROM address_conflict a
WHERE a.account_id = :account AND a.sync_id = :sync
  AND NOT EXISTS (
    SELECT FROM member m
    WHERE m.account_id = a.account_id AND m.sync_id = a.sync_id AND m.member_key = a.member_key
      AND m.present AND m.reason IS NULL
      AND (coalesce(m.source_address, m.address) = a.source_address
        OR a.state <> 'provider' AND m.source_address IS NULL
          AND m.address <> a.provider_address))
