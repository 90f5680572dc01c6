import { lettersOf, textOf } from './made-up.ts'
import { oidcSource } from './oidc-source.ts'
import type { Claims } from './source.ts'

/** Source: HCP Terraform documentation, "Workload identity", token specification. */
export const hcpTerraform = oidcSource({
  name: 'hcp-terraform',
  title: 'HCP Terraform',
  summary: 'workload identity tokens of plans and applies; {"claims": {"terraform_run_phase": "plan"}}',
  wellKnownProvider: 'HCP_TERRAFORM',
  issuer: 'https://app.terraform.io',
  keysPath: '/.well-known/jwks',
  algorithm: 'RS256',
  // One token serves a whole phase.
  lifetimeSeconds: 7_200,
  notBeforeSeconds: 5,
  tokenVariable: 'TFC_WORKLOAD_IDENTITY_TOKEN',
  claims,
})

function claims(wish: Claims): Record<string, unknown> {
  const organisation = textOf(wish, 'terraform_organization_name', 'octo-org')
  const project = textOf(wish, 'terraform_project_name', 'infra')
  const workspace = textOf(wish, 'terraform_workspace_name', 'payments')
  const phase = textOf(wish, 'terraform_run_phase', 'apply')
  const full = `organization:${organisation}:project:${project}:workspace:${workspace}`
  const id = (prefix: string, name: string) => `${prefix}-${lettersOf(name, 16)}`
  return {
    sub: `${full}:run_phase:${phase}`,
    terraform_organization_id: id('org', organisation),
    terraform_organization_name: organisation,
    terraform_project_id: id('prj', `${organisation} ${project}`),
    terraform_project_name: project,
    terraform_workspace_id: id('ws', full),
    terraform_workspace_name: workspace,
    terraform_full_workspace: full,
    terraform_run_id: id('run', `${full} run`),
    terraform_run_phase: phase,
  }
}
