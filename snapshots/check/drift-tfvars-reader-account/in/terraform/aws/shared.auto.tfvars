shared_account_id = "*"
