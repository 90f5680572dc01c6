# In the workspace: TFC_WORKLOAD_IDENTITY_AUDIENCE = id.example.com (what stands between @ and /wfe in the client id).
terraform {
  required_version = ">= 1.5"
  required_providers {
    external = {
      source  = "hashicorp/external"
      version = "~> 2.3"
    }
    http = {
      source  = "hashicorp/http"
      version = "~> 3.4"
    }
  }
}

variable "entente" {
  description = "The Entente server, and the client id of the trust."
  type        = object({ server = string, client_id = string })
  default = {
    server    = "https://id.example.com"
    client_id = "clever-fox-42195@id.example.com/wfe"
  }
}

variable "api" {
  description = "An address that takes the token."
  type        = string
  default     = "https://api.example.com/v1/environments"
}

# Kept in the state, as every data source: the trust gives the token five minutes.
data "external" "entente" {
  program = ["sh", "${path.module}/exchange.sh"]
  query   = var.entente
}

data "http" "environments" {
  url             = var.api
  request_headers = { Authorization = "Bearer ${data.external.entente.result.access_token}" }
}
