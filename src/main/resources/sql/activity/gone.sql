UPDATE campaign SET gone = true WHERE account_id = :account AND campaign_no = :campaign
