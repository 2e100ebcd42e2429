-- The campaigns whose totals are asked for: the newest that anybody opened.
SELECT c.campaign_id
FROM campaign c
WHERE c.account_id = :account AND c.sent_at >= :oldest::timestamptz AND NOT c.gone
ORDER BY c.sent_at DESC, c.campaign_no DESC
LIMIT :most
