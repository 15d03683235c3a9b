resource "aws_secretsmanager_secret" "s0" {
  name = "g0/s0"
}

resource "aws_secretsmanager_secret" "s1" {
  name = "g1/s1"
}

resource "aws_secretsmanager_secret" "s2" {
  name = "g2/s2"
}

resource "aws_secretsmanager_secret" "s3" {
  name = "g0/s3"
}

resource "aws_secretsmanager_secret" "s4" {
  name = "g1/s4"
}

resource "aws_secretsmanager_secret" "s5" {
  name = "g2/s5"
}

resource "aws_secretsmanager_secret" "s6" {
  name = "g0/s6"
}

resource "aws_secretsmanager_secret" "s7" {
  name = "g1/s7"
}

resource "aws_secretsmanager_secret" "s8" {
  name = "g2/s8"
}

resource "aws_secretsmanager_secret" "s9" {
  name = "g0/s9"
}

resource "aws_secretsmanager_secret" "s10" {
  name = "g1/s10"
}

resource "aws_secretsmanager_secret" "s11" {
  name = "g2/s11"
}

resource "aws_secretsmanager_secret" "s12" {
  name = "g0/s12"
}

resource "aws_secretsmanager_secret" "s13" {
  name = "g1/s13"
}

resource "aws_secretsmanager_secret" "s14" {
  name = "g2/s14"
}

resource "aws_secretsmanager_secret" "s15" {
  name = "g0/s15"
}

resource "aws_secretsmanager_secret" "s16" {
  name = "g1/s16"
}

resource "aws_secretsmanager_secret" "s17" {
  name = "g2/s17"
}

resource "aws_secretsmanager_secret" "s18" {
  name = "g0/s18"
}

resource "aws_secretsmanager_secret" "s19" {
  name = "g1/s19"
}

resource "aws_secretsmanager_secret" "s20" {
  name = "g2/s20"
}

resource "aws_secretsmanager_secret" "s21" {
  name = "g0/s21"
}

resource "aws_secretsmanager_secret" "s22" {
  name = "g1/s22"
}

resource "aws_secretsmanager_secret" "s23" {
  name = "g2/s23"
}

resource "aws_secretsmanager_secret" "s24" {
  name = "g0/s24"
}

resource "aws_secretsmanager_secret" "s25" {
  name = "g1/s25"
}

resource "aws_secretsmanager_secret" "s26" {
  name = "g2/s26"
}

resource "aws_secretsmanager_secret" "s27" {
  name = "g0/s27"
}

resource "aws_secretsmanager_secret" "s28" {
  name = "g1/s28"
}

resource "aws_secretsmanager_secret" "s29" {
  name = "g2/s29"
}

resource "aws_secretsmanager_secret" "s30" {
  name = "g0/s30"
}

resource "aws_secretsmanager_secret" "s31" {
  name = "g1/s31"
}

resource "aws_secretsmanager_secret" "s32" {
  name = "g2/s32"
}

resource "aws_secretsmanager_secret" "s33" {
  name = "g0/s33"
}

resource "aws_secretsmanager_secret" "s34" {
  name = "g1/s34"
}

resource "aws_secretsmanager_secret" "s35" {
  name = "g2/s35"
}

resource "aws_secretsmanager_secret" "s36" {
  name = "g0/s36"
}

resource "aws_secretsmanager_secret" "s37" {
  name = "g1/s37"
}

resource "aws_secretsmanager_secret" "s38" {
  name = "g2/s38"
}

resource "aws_secretsmanager_secret" "s39" {
  name = "g0/s39"
}

resource "aws_secretsmanager_secret" "s40" {
  name = "g1/s40"
}

resource "aws_secretsmanager_secret" "s41" {
  name = "g2/s41"
}

resource "aws_secretsmanager_secret" "s42" {
  name = "g0/s42"
}

resource "aws_secretsmanager_secret" "s43" {
  name = "g1/s43"
}

resource "aws_secretsmanager_secret" "s44" {
  name = "g2/s44"
}

resource "aws_secretsmanager_secret" "s45" {
  name = "g0/s45"
}

resource "aws_secretsmanager_secret" "s46" {
  name = "g1/s46"
}

resource "aws_secretsmanager_secret" "s47" {
  name = "g2/s47"
}

resource "aws_secretsmanager_secret" "s48" {
  name = "g0/s48"
}

resource "aws_secretsmanager_secret" "s49" {
  name = "g1/s49"
}

resource "aws_secretsmanager_secret" "s50" {
  name = "g2/s50"
}

resource "aws_secretsmanager_secret" "s51" {
  name = "g0/s51"
}

resource "aws_secretsmanager_secret" "s52" {
  name = "g1/s52"
}

resource "aws_secretsmanager_secret" "s53" {
  name = "g2/s53"
}

resource "aws_secretsmanager_secret" "s54" {
  name = "g0/s54"
}

resource "aws_secretsmanager_secret" "s55" {
  name = "g1/s55"
}

resource "aws_secretsmanager_secret" "s56" {
  name = "g2/s56"
}

resource "aws_secretsmanager_secret" "s57" {
  name = "g0/s57"
}

resource "aws_secretsmanager_secret" "s58" {
  name = "g1/s58"
}

resource "aws_secretsmanager_secret" "s59" {
  name = "g2/s59"
}
