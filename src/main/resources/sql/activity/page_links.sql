INSERT INTO campaign_link (account_id, campaign_no, url_id, url)
SELECT DISTINCT ON (p.url_id) :account::int, :campaign::int, p.url_id, coalesce(p.url, '')
FROM unnest(:links::text[], :urls::text[]) AS p(url_id, url)
WHERE p.url_id IS NOT NULL
ORDER BY p.url_id
ON CONFLICT (account_id, campaign_no, url_id) DO NOTHING
