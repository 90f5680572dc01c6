/**
 * Issuers that anybody can get tokens of: who trusts one of them must say whose tokens. Data; what is not here belongs to one
 * company, as far as we know.
 *
 * Source: the vendors' pages on OpenID Connect tokens.
 */
import type { Part, TokenModel } from '../../claims/lint/token-model.ts'
import { customTokens } from './tokens/custom.ts'
import { githubTokens } from './tokens/github-actions.ts'
import { gitlabTokens } from './tokens/gitlab-ci.ts'
import { terraformTokens } from './tokens/hcp-terraform.ts'

export interface SharedIssuer {
  /** Normalised. */
  readonly issuer: string
  readonly title: string
  readonly model: TokenModel
}

const NAME: Part = { pattern: '[ -~]+', stranger: 'mallory' }

/** A model of which only the subject and the claims that name the owner are known; the first of them is the one to compare. */
function ownedBy(...claims: readonly [string, ...string[]]): TokenModel {
  return {
    ...customTokens,
    parts: { ...customTokens.parts, ...Object.fromEntries(claims.map((claim) => [claim, NAME])) },
    claims: { ...customTokens.claims, ...Object.fromEntries(claims.map((claim) => [claim, `{${claim}}`])) },
    // What is not known here a stranger may choose: it says nothing of the owner.
    owner: ['subject', ...claims],
    pin: `\`claims.${claims[0]} == "…"\``,
  }
}

/** Source: Google Identity, "OpenID Connect", ID token payload: `hd` only where the account belongs to a company. */
const googleTokens: TokenModel = {
  ...customTokens,
  parts: {
    subject: { pattern: '[0-9]+', stranger: '900000000000000000001' },
    user: { pattern: '[!-?A-~]+', stranger: 'mallory' },
    domain: { pattern: '[a-z0-9.-]+', stranger: 'example.org' },
    app: { pattern: '[!-~]+', stranger: '900000000000000000002' },
  },
  claims: { ...customTokens.claims, email: '{user}@{domain}', email_verified: true, hd: '{domain}', azp: '{app}' },
  forms: [{ hd: null }],
  owner: ['subject', 'user', 'domain', 'app'],
  ids: ['subject'],
}

export const sharedIssuers: readonly SharedIssuer[] = [
  { issuer: 'https://token.actions.githubusercontent.com', title: 'GitHub Actions', model: githubTokens },
  { issuer: 'https://gitlab.com', title: 'GitLab.com', model: gitlabTokens },
  { issuer: 'https://app.terraform.io', title: 'HCP Terraform', model: terraformTokens },
  { issuer: 'https://accounts.google.com', title: 'Google accounts', model: googleTokens },
  {
    issuer: 'https://agent.buildkite.com',
    title: 'Buildkite',
    model: ownedBy('organization_id', 'organization_slug', 'pipeline_id'),
  },
  { issuer: 'https://api.pulumi.com/oidc', title: 'Pulumi Cloud', model: ownedBy('organization', 'scope') },
  { issuer: 'https://oidc.vercel.com', title: 'Vercel', model: ownedBy('owner_id', 'owner', 'project_id') },
  {
    issuer: 'https://oidc.codefresh.io',
    title: 'Codefresh',
    model: ownedBy('account_id', 'account_name', 'pipeline_id'),
  },
  { issuer: 'https://cognito-identity.amazonaws.com', title: 'Amazon Cognito identity pools', model: ownedBy('sub') },
]

/** The issuer by its normalised form; null for one that belongs to one company. */
export function sharedIssuer(issuer: string): SharedIssuer | null {
  return sharedIssuers.find((known) => known.issuer === issuer) ?? null
}
