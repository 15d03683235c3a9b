a = [for k, v in x : k => upper(v)... if k != "b"] # c
b = { "q" = 1, r : [1, 2, ], (s) = -1.5e3 }
c = <<-EOT
  ${x ~} %{ if y }z%{ else }$${w}%{ endif }
  EOT
d = a.b[0].*.c[*].d.0 ? !(x && y || z) : "t${"u"}v\u00e9"
e = provider::aws::arn_parse(x, y...) /* k */
t "l" m {
  n = {for k in [1] : k => k}
  o {}
}
