aws_region = "*"
