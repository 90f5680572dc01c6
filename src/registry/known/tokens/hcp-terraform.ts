/** Tokens of HCP Terraform and Terraform Enterprise. Source: HCP Terraform documentation, "Workload Identity", token specification. */
import type { TokenModel } from '../../../claims/lint/token-model.ts'

const WORKSPACE = 'organization:{organization}:project:{project}:workspace:{workspace}'
const NAME = '[A-Za-z0-9_-]+'

export const terraformTokens: TokenModel = {
  parts: {
    organization: { pattern: NAME, stranger: 'mallory', own: 'octo-org' },
    organization_id: { pattern: 'org-[A-Za-z0-9]+', stranger: 'org-MaLLoRyMaLLoRy1', own: 'org-Aa1Bb2Cc3Dd4Ee5F' },
    project: { pattern: '[A-Za-z0-9_ -]+', stranger: 'anything' },
    project_id: { pattern: 'prj-[A-Za-z0-9]+', stranger: 'prj-MaLLoRyMaLLoRy2', own: 'prj-Aa1Bb2Cc3Dd4Ee5F' },
    workspace: { pattern: NAME, stranger: 'anything' },
    workspace_id: { pattern: 'ws-[A-Za-z0-9]+', stranger: 'ws-MaLLoRyMaLLoRy3', own: 'ws-Aa1Bb2Cc3Dd4Ee5F' },
    phase: { pattern: 'plan|apply', stranger: 'apply' },
    run: { pattern: 'run-[A-Za-z0-9]+', stranger: 'run-MaLLoRyMaLLoRy4' },
    jti: { pattern: '[0-9a-f-]+', stranger: '0f0f0f0f-0000-4000-8000-000000000000' },
  },
  claims: {
    iss: '{issuer}',
    aud: '{audience}',
    sub: `${WORKSPACE}:run_phase:{phase}`,
    exp: 1_800_007_200,
    iat: 1_800_000_000,
    nbf: 1_799_999_700,
    jti: '{jti}',
    terraform_organization_id: '{organization_id}',
    terraform_organization_name: '{organization}',
    terraform_project_id: '{project_id}',
    terraform_project_name: '{project}',
    terraform_workspace_id: '{workspace_id}',
    terraform_workspace_name: '{workspace}',
    terraform_full_workspace: WORKSPACE,
    terraform_run_id: '{run}',
    terraform_run_phase: '{phase}',
  },
  forms: [],
  owner: ['organization', 'organization_id', 'project_id', 'workspace_id'],
  ids: ['organization_id', 'project_id', 'workspace_id'],
  scenes: [
    {
      // Speculative plans run for pull requests.
      rule: 'lint.reachable_from_pull_request',
      forms: [{ sub: `${WORKSPACE}:run_phase:plan`, terraform_run_phase: 'plan' }],
      open: [],
      narrowing: 'claims.terraform_run_phase == "apply"',
    },
  ],
  pin: '`claims.terraform_organization_id == "…"` and `claims.terraform_workspace_id == "…"`',
}
