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

/** A name or id: nothing in it ends it where it stands in a subject. */
const NAME: Part = { pattern: '[!-9;-~]+', stranger: 'mallory' }

/** What is known of subjects: their shapes as templates, over the claims that name the owner and the parts given here. */
interface Subjects {
  /** In the order of the templates, and behind the claims that name the owner. */
  readonly parts: Readonly<Record<string, Part>>
  readonly shapes: readonly [string, ...string[]]
}

/** A model of which only the subject and the claims that name the owner are known; the first of them is the one to compare. */
function ownedBy(claims: readonly [string, ...string[]], subjects: Subjects | null = null): TokenModel {
  const [first, ...others] = subjects?.shapes ?? ['{subject}']
  return {
    ...customTokens,
    parts: {
      ...Object.fromEntries(claims.map((claim) => [claim, NAME])),
      ...subjects?.parts,
      ...customTokens.parts,
    },
    claims: {
      ...customTokens.claims,
      sub: first,
      ...Object.fromEntries(claims.map((claim) => [claim, `{${claim}}`])),
    },
    forms: others.map((sub) => ({ sub })),
    // What is not known here a stranger may choose: it says nothing of the owner.
    owner: ['subject', ...claims],
    pin: `\`claims.${claims[0]} == "…"\``,
  }
}

/** Source: Buildkite documentation, "Buildkite agent oidc", claims; a pipeline may choose an id for its subject. */
const buildkiteTokens = ownedBy(['organization_id', 'organization_slug', 'pipeline_id'], {
  parts: { pipeline_slug: NAME, ref: NAME, commit: NAME, step: { ...NAME, pattern: '[ -~]*' } },
  shapes: [
    'organization:{organization_slug}:pipeline:{pipeline_slug}:ref:{ref}:commit:{commit}:step:{step}',
    '{organization_id}',
    '{pipeline_id}',
  ],
})

/** Source: Pulumi documentation, "OIDC token", subject of deployments and environments. */
const pulumiTokens = ownedBy(['organization', 'scope'], {
  parts: { what: { ...NAME, pattern: '[ -~]+' } },
  shapes: ['pulumi:deploy:org:{organization}:{what}', 'pulumi:environments:org:{organization}:{what}'],
})

/** Source: Vercel documentation, "OpenID Connect federation", reference; the issuer that all teams share. */
const vercelTokens = ownedBy(['owner_id', 'owner', 'project_id'], {
  parts: { project: NAME, environment: NAME },
  shapes: ['owner:{owner}:project:{project}:environment:{environment}'],
})

/** Source: Codefresh documentation, "OpenID Connect for pipelines", subject. */
const codefreshTokens = ownedBy(['account_id', 'account_name', 'pipeline_id'], {
  parts: { what: { ...NAME, pattern: '[ -~]*' } },
  shapes: ['account:{account_id}:pipeline:{pipeline_id}:{what}'],
})

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
  { issuer: 'https://app.eu.terraform.io', title: 'HCP Terraform (Europe)', model: terraformTokens },
  { issuer: 'https://agent.buildkite.com', title: 'Buildkite', model: buildkiteTokens },
  { issuer: 'https://api.pulumi.com/oidc', title: 'Pulumi Cloud', model: pulumiTokens },
  { issuer: 'https://oidc.vercel.com', title: 'Vercel', model: vercelTokens },
  { issuer: 'https://oidc.codefresh.io', title: 'Codefresh', model: codefreshTokens },
  {
    issuer: 'https://cognito-identity.amazonaws.com',
    title: 'Amazon Cognito identity pools',
    model: ownedBy(['sub']),
  },
]

/** The issuer by its normalised form; null for one that belongs to one company. */
export function sharedIssuer(issuer: string): SharedIssuer | null {
  return sharedIssuers.find((known) => known.issuer === issuer) ?? null
}
