-- A campaign's mailings, the last one first, and how far each has been read.
SELECT m.mailing_no, m.mailing_id, r.mark, r.top, r.next
FROM mailing m
LEFT JOIN reading r
  ON r.account_id = m.account_id AND r.mailing_no = m.mailing_no AND r.kind = :kind
WHERE m.account_id = :account AND m.campaign_no = :campaign
ORDER BY m.mailing_no DESC
