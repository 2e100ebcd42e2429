-- Every address under which the person is or was known.
SELECT a.address
FROM member m
JOIN erased_member e USING (account_id, sync_id, member_key)
CROSS JOIN LATERAL unnest(ARRAY[m.address, m.source_address]) AS a(address)
WHERE a.address IS NOT NULL
UNION
SELECT f.address
FROM former_address f
JOIN erased_member e USING (account_id, sync_id, member_key)
UNION
SELECT a.address
FROM address_change h
JOIN erased_member e USING (account_id, sync_id, member_key)
CROSS JOIN LATERAL unnest(ARRAY[h.address, h.former]) AS a(address)
UNION
SELECT a.address
FROM address_conflict h
JOIN erased_member e USING (account_id, sync_id, member_key)
CROSS JOIN LATERAL unnest(ARRAY[h.source_address, h.provider_address]) AS a(address)
UNION
SELECT c.address
FROM contact c
JOIN erased_member e
  ON e.account_id = c.account_id AND e.sync_id = c.member_sync AND e.member_key = c.member_key
UNION
SELECT o.address
FROM consent o
JOIN consent_member m USING (account_id, consent_id)
JOIN erased_member e
  ON e.account_id = m.account_id AND e.sync_id = m.sync_id AND e.member_key = m.member_key
