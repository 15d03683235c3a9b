preset "syntax" {
  about = "x"
}

group "syntax" {{
