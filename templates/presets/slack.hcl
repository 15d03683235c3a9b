preset "slack" {
  about = "Slack: the bot token of an app"
}

group "slack" {
  title = "Slack"
  url   = "https://api.slack.com/apps"

  secret "bot-credentials" {
    description = "Slack bot token"
    guide       = "Create an app, give its bot the scopes that it needs (`chat:write` to post) and install it to the workspace: the token stands on the app's page under OAuth & Permissions."

    field "bot_token" {
      description = "OAuth & Permissions > Bot User OAuth Token"
      format      = "^xoxb-.+$"
      sensitive   = true
    }

    probe {
      request = "POST https://slack.com/api/auth.test"
      headers = { Authorization = "Bearer {bot_token}" }
      expect  = "\"ok\":true"
    }
  }
}
