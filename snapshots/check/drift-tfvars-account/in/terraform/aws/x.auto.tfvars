aws_account_id = "*:*"
