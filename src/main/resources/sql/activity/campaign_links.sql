SELECT l.url, sum(h.events) AS clicks
FROM campaign c
JOIN campaign_link l ON l.account_id = c.account_id AND l.campaign_no = c.campaign_no
JOIN campaign_hour h
  ON h.account_id = c.account_id AND h.campaign_no = c.campaign_no AND h.link_no = l.link_no
  AND h.kind = 'click'
WHERE c.account_id = :account AND c.campaign_id = :campaign
GROUP BY l.url
ORDER BY clicks DESC, l.url
LIMIT :most
