terraform {
  region     = "eu-west-2"
  account_id = "111122223333"
  profile    = "it's `mine`; $(touch owned) \"x\" \\ ```"
}

group "a" {
  title = "# ::error::title\n```sh\nrm -rf .\n``` <script>alert(1)</script> | x"
  guide = <<-EOT
    # A heading
    ::error::x ##[group]y \u202e
    <script>alert(1)</script>
    <!-- unclosed

    ![x](https://evil.example/pixel.png) [y](javascript:alert(1))

    ---

    ```sh
    rm -rf .
  EOT

  secret "s" {
    description = "1. `one` *two* _three_ [four](https://x) <b>five</b>\n## six\n- seven\n```"
    guide       = "<pre>\n\n````\nunclosed"

    field "it's $(touch owned) `x` \"q\" \\ \u001b[31m ?= %41 ## \u202e\n``` END" {
      description = "<img src=x onerror=alert(1)> ``` \u001b]0;x\u0007"
      example     = "`` ` ``"
      default     = "```\nEND\n::error::"
      format      = "^it's `$(touch owned)` ##[x]\\w+ 'q'$"
    }
    field "k'y" {}

    probe {
      request = "POST https://api.example/{k'y}?a='$(id)'&b=`x`"
      headers = { X-A = "'; touch owned; '{k'y} {{braces}} \"q\" \\" }
      expect  = "-e '; touch owned \"`x`"
    }
  }
}

reader "r* [x](y)" {
  description = "<b>`\n# x"
  reads       = [group.a]

  policy_document "d" {}
}
