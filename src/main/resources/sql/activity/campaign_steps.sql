-- How often what was done in each step of so many seconds; everything late is in the last step.
SELECT least(floor(extract(epoch FROM h.at - :first::timestamptz) / :seconds)::int, :lastStep::int) AS step,
  h.kind, sum(h.events) AS events
FROM campaign c
JOIN campaign_hour h ON h.account_id = c.account_id AND h.campaign_no = c.campaign_no
WHERE c.account_id = :account AND c.campaign_id = :campaign
GROUP BY 1, 2
ORDER BY 1, 2
