SELECT min(h.at) AS first, max(h.at) AS last
FROM campaign c
JOIN campaign_hour h ON h.account_id = c.account_id AND h.campaign_no = c.campaign_no
WHERE c.account_id = :account AND c.campaign_id = :campaign
