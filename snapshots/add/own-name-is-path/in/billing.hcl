# How the team meets the billing system.
preset "billing" {
  about = "The billing system's API"
}

# Ask finance before this is changed.
group "billing" { # every invoice
  title  = "Billing"
  prefix = "finance/billing/"

  secret "api-credentials" {
    description = "API credentials of the billing system"
  }
} # the end
