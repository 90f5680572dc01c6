import { type KnownSource, ONE_DAY } from './known-source.ts'

export const hcpTerraform: KnownSource = {
  name: 'HCP_TERRAFORM',
  title: 'HCP Terraform',
  protocol: 'oidc',
  // Terraform Enterprise has any address.
  issuers: null,
  exampleIssuer: 'https://app.terraform.io',
  maxTokenAgeSeconds: ONE_DAY,
  immutableClaims: ['terraform_organization_id', 'terraform_project_id', 'terraform_workspace_id'],
  sampleClaims: {
    iss: 'https://app.terraform.io',
    sub: 'organization:acme:project:infra:workspace:prod:run_phase:apply',
    aud: 'entente.example.com',
    terraform_organization_id: 'org-7AbCdEf',
    terraform_organization_name: 'acme',
    terraform_project_id: 'prj-1AbCdEf',
    terraform_project_name: 'infra',
    terraform_workspace_id: 'ws-4AbCdEf',
    terraform_workspace_name: 'prod',
    terraform_run_id: 'run-9AbCdEf',
    terraform_run_phase: 'apply',
  },
}
