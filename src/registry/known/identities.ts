/** What has a name and an id in the tokens of each source, and what a subject says of them. Data. */
import type { IdentityFacts } from '../../claims/identity-drift.ts'

const path = (...steps: string[]) => steps

/** Both shapes, before and after 2026-07-15. Source: GitHub documentation, "Immutable subject claims". */
const github: IdentityFacts = {
  identities: [
    { name: path('repository_owner'), id: path('repository_owner_id') },
    { name: path('repository'), id: path('repository_id') },
  ],
  subject: {
    pattern: /^repo:(?<owner>[^/@:]+)(?:@(?<ownerId>\d+))?\/(?<repo>[^/@:]+)(?:@(?<repoId>\d+))?(?::|$)/,
    says: [
      { claim: path('repository_owner'), value: '{owner}' },
      { claim: path('repository_owner_id'), value: '{ownerId}' },
      { claim: path('repository'), value: '{owner}/{repo}' },
      { claim: path('repository_id'), value: '{repoId}' },
    ],
  },
}

const gitlab: IdentityFacts = {
  identities: [
    { name: path('namespace_path'), id: path('namespace_id') },
    { name: path('project_path'), id: path('project_id') },
  ],
  subject: { pattern: /^project_path:(?<path>[^:]+)(?::|$)/, says: [{ claim: path('project_path'), value: '{path}' }] },
}

const ORGANIZATION = [path('terraform_organization_name'), path('terraform_organization_id')]

const terraform: IdentityFacts = {
  identities: [
    { name: path('terraform_organization_name'), id: path('terraform_organization_id') },
    { name: path('terraform_project_name'), id: path('terraform_project_id'), within: ORGANIZATION },
    { name: path('terraform_workspace_name'), id: path('terraform_workspace_id'), within: ORGANIZATION },
  ],
  subject: {
    pattern: /^organization:(?<organization>[^:]+):project:(?<project>[^:]+):workspace:(?<workspace>[^:]+)(?::|$)/,
    says: [
      { claim: path('terraform_organization_name'), value: '{organization}' },
      { claim: path('terraform_project_name'), value: '{project}' },
      { claim: path('terraform_workspace_name'), value: '{workspace}' },
    ],
  },
}

const NAMESPACE = path('kubernetes.io', 'namespace')
const ACCOUNT = path('kubernetes.io', 'serviceaccount', 'name')

const kubernetes: IdentityFacts = {
  identities: [{ name: ACCOUNT, id: path('kubernetes.io', 'serviceaccount', 'uid'), within: [NAMESPACE] }],
  subject: {
    pattern: /^system:serviceaccount:(?<namespace>[^:]+):(?<account>[^:]+)$/,
    says: [
      { claim: NAMESPACE, value: '{namespace}' },
      { claim: ACCOUNT, value: '{account}' },
    ],
  },
}

/** By issuer first: GitHub's tokens are GitHub's, also at a provider called CUSTOM. */
const BY_ISSUER: Readonly<Record<string, IdentityFacts>> = {
  'https://token.actions.githubusercontent.com': github,
  'https://gitlab.com': gitlab,
  'https://app.terraform.io': terraform,
  'https://app.eu.terraform.io': terraform,
}
const BY_NAME: Readonly<Record<string, IdentityFacts>> = {
  GITHUB_ACTIONS: github,
  GITLAB_CI: gitlab,
  HCP_TERRAFORM: terraform,
  KUBERNETES: kubernetes,
  // One of the APIs has no name of its own for clusters; nobody else has claims of these names.
  CUSTOM: kubernetes,
}

/** What is known of names and ids in the provider's tokens; null where nothing is. */
export function identityFactsOf({
  known,
  issuer,
}: {
  readonly known: string
  readonly issuer: string | null
}): IdentityFacts | null {
  if (issuer !== null && Object.hasOwn(BY_ISSUER, issuer)) return BY_ISSUER[issuer] ?? null
  return Object.hasOwn(BY_NAME, known) ? (BY_NAME[known] ?? null) : null
}
