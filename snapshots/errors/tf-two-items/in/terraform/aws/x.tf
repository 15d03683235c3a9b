locals { = }

variable "ok" {}

locals { ! }
