import type { KnownSource } from './source.ts'

/** Source: HCP Terraform documentation, "Workload Identity", token specification. */
export const hcpTerraform: KnownSource = {
  name: 'HCP_TERRAFORM',
  title: 'HCP Terraform',
  use: 'workload',
  protocol: 'oidc',
  // Terraform Enterprise issues under its own host.
  issuers: 'https of no template',
  defaultIssuer: 'https://app.terraform.io',
  // One token serves a plan or apply, which may run for hours.
  maxTokenAgeSeconds: 86_400,
  sampleClaims: {
    iss: 'https://app.terraform.io',
    sub: 'organization:octo-org:project:infra:workspace:payments:run_phase:apply',
    aud: 'entente.example.com',
    terraform_organization_id: 'org-Aa1Bb2Cc3Dd4Ee5F',
    terraform_organization_name: 'octo-org',
    terraform_project_id: 'prj-Aa1Bb2Cc3Dd4Ee5F',
    terraform_project_name: 'infra',
    terraform_workspace_id: 'ws-Aa1Bb2Cc3Dd4Ee5F',
    terraform_workspace_name: 'payments',
    terraform_full_workspace: 'organization:octo-org:project:infra:workspace:payments',
    terraform_run_id: 'run-Aa1Bb2Cc3Dd4Ee5F',
    terraform_run_phase: 'apply',
  },
  immutableClaims: [['terraform_organization_id'], ['terraform_project_id'], ['terraform_workspace_id']],
}
