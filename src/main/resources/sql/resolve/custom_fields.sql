-- The custom fields that members carry, under the names the source gave them.
SELECT DISTINCT substr(field, 4)
FROM member m
CROSS JOIN LATERAL json_object_keys(m.fields::json) AS field
WHERE m.account_id = :account AND m.sync_id = :sync AND m.present AND field LIKE 'cf:%'
ORDER BY 1
