WITH named AS (
  UPDATE campaign SET name = :name, known_at = sent_at
  WHERE account_id = :account AND campaign_no = :campaign
)
INSERT INTO mailing (account_id, campaign_no, mailing_id)
SELECT :account::int, :campaign::int, m.id
FROM unnest(:mailings::text[]) AS m(id)
ON CONFLICT (account_id, mailing_id) DO NOTHING
