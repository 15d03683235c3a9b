preset "hubspot" {
  about = "HubSpot: a service key for its REST APIs"
}

group "hubspot" {
  title = "HubSpot"
  url   = "https://app.hubspot.com"

  secret "api-credentials" {
    description = "HubSpot service key"
    guide       = <<-EOT
      Development > Keys > Service keys > Create service key, with the scopes that its job needs and no more,
      such as `crm.objects.contacts.read`, which the check below uses. The token of a private app that exists already does as well.
    EOT

    field "access_token" {
      description = "Development > Keys > Service keys > the key > Show"
      sensitive   = true
    }

    probe {
      request = "GET https://api.hubapi.com/crm/v3/objects/contacts?limit=1"
      headers = { Authorization = "Bearer {access_token}" }
      expect  = "results"
    }
  }
}
