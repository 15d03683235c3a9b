aws_account_id = true ? "*" : "123456789012"
