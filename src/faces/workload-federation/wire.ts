/**
 * The wire form of the face, as its page and API description spell it. Unset fields are absent in answers, never null;
 * requests may send null for unset. Limits that the registry judges are not repeated here, so that all faults come together.
 *
 * Source: docs/sources/workload-federation.txt; the same API's service principals. Fields marked "extension" are ours.
 */
import { Type } from 'typebox'
import {
  closed,
  maybeBlock,
  maybeEnum,
  maybeFlag,
  maybeNumber,
  maybeObjects,
  maybeText,
  maybeTexts,
  pageFields,
  readOnlyText,
  readOnlyTime,
  update,
} from '../google-rpc/schema.ts'

const described = (description: string) => ({ description })

export const WELL_KNOWN_PREFIX = 'WELL_KNOWN_WORKLOAD_PROVIDER_'
export const WELL_KNOWN = [
  'UNSPECIFIED',
  'CUSTOM',
  'GITHUB_ACTIONS',
  'GITLAB_CI',
  'HCP_TERRAFORM',
  'AWS_IAM_OUTBOUND',
  'SPIFFE',
] as const

const oidcFields = {
  jwksJson: maybeText('Extension: uploaded JSON Web Key Set as JSON text; the issuer is then not asked for its keys.'),
  allowedAudiences: maybeTexts('Extension: audiences accepted beside the organisation’s own.'),
  caPem: maybeText('Extension: PEM of the authorities behind the issuer’s TLS certificate.'),
  maxTokenAgeSeconds: maybeNumber('Extension: how long after `iat` a token is taken; default by source.'),
  singleUse: maybeFlag('Extension: each `jti` is taken once.'),
}
const spiffeFields = {
  bundleEndpointUrl: maybeText(
    'https URL of the trust domain’s bundle; required for SPIFFE, unless bundleJson is given.',
  ),
  profile: maybeText('Extension: the bundle endpoint profile; https_web.'),
  bundleJson: maybeText('Extension: uploaded SPIFFE bundle as JSON text; the endpoint is then not asked.'),
}
export const OIDC_FIELDS = Object.keys(oidcFields)
export const SPIFFE_FIELDS = Object.keys(spiffeFields)

const providerFields = {
  displayName: maybeText('The display name; absent, the id is shown.'),
  description: maybeText('What this provider is for.'),
  issuerUrl: maybeText(
    'https URL checked by OIDC discovery, or the spiffe trust-domain URI. Normalised, unique, immutable.',
  ),
  oidc: maybeBlock(oidcFields, 'Settings of an OpenID Connect issuer. Only one of oidc and spiffe may be set.'),
  spiffe: maybeBlock(spiffeFields, 'Settings of a SPIFFE trust domain. Only one of oidc and spiffe may be set.'),
  wellKnownProvider: maybeEnum(WELL_KNOWN_PREFIX, WELL_KNOWN, 'Known source; required, unspecified is refused.'),
}

export const Provider = Type.Object(
  {
    id: readOnlyText('Read-only. Name of the provider in every API of the registry.'),
    ...providerFields,
    disabled: maybeFlag('A disabled provider rejects every exchange.'),
    createdAt: readOnlyTime(),
    updatedAt: readOnlyTime(),
  },
  { ...closed, title: 'Provider' },
)

export const CreateProvider = Type.Object(providerFields, {
  title: 'CreateProvider',
  ...closed,
  examples: [
    {
      displayName: 'GitHub Actions',
      issuerUrl: 'https://token.actions.githubusercontent.com',
      wellKnownProvider: `${WELL_KNOWN_PREFIX}GITHUB_ACTIONS`,
      oidc: {},
    },
  ],
})

export const UpdateProvider = update('provider', Provider)

const trustFields = {
  displayName: maybeText('The display name.'),
  description: maybeText('What this trust is for.'),
  conditionExpression: maybeText(
    'CEL over `claims`; at most 1024 bytes. Absent means every verified token of the provider.',
  ),
  scopedRoleIds: maybeTexts('The principal’s roles are narrowed to these; empty means all.'),
  allowSourceCidrs: maybeTexts('Addresses the exchange may come from, at most 32 ranges; empty means any.'),
  passthroughClaims: maybeTexts('String claims copied into the issued token’s c1wfc claim.'),
  allowedResources: maybeTexts('Extension: values of resource or audience that may be asked for.'),
  allowedScopes: maybeTexts('Extension: scopes that may be asked for; others are dropped.'),
  tokenLifetimeSeconds: maybeNumber('Extension: 300 to 3600, default 1800.'),
  capLifetimeToSubject: maybeFlag('Extension: the issued token ends no later than the subject token.'),
  examples: maybeObjects('Extension: claims in, verdict out; a write whose examples fail is refused.'),
  acknowledgedLint: maybeTexts(
    'Extension: lint rules whose findings are taken upon oneself, for this condition; an error refuses the write else.',
  ),
}

export const Trust = Type.Object(
  {
    clientId: readOnlyText('Read-only. {name}@{audience}/wfe'),
    servicePrincipalId: readOnlyText(),
    providerId: readOnlyText('Immutable.'),
    ...trustFields,
    disabled: maybeFlag('A disabled trust rejects every exchange.'),
    createdAt: readOnlyTime(),
    updatedAt: readOnlyTime(),
  },
  { ...closed, title: 'Trust' },
)

export const CreateTrust = Type.Object(
  { providerId: maybeText('Required: the provider whose tokens are let in.'), ...trustFields },
  {
    title: 'CreateTrust',
    ...closed,
    examples: [
      {
        displayName: 'Deploy payments',
        providerId: 'github-actions',
        conditionExpression: 'claims.repository == "octo-org/payments" && claims.ref == "refs/heads/main"',
        scopedRoleIds: ['deployer'],
        allowSourceCidrs: [],
        passthroughClaims: ['repository'],
      },
    ],
  },
)
export const UpdateTrust = update('trust', Trust)

export const TestToken = Type.Object(
  {
    subjectToken: maybeText('The JWT to judge; nothing is issued.'),
    claimsJson: maybeText('Extension: claims to judge in place of a token, as JSON text.'),
    sourceIp: maybeText('IPv4 or IPv6 address to judge instead of the caller’s; a prefix is ignored.'),
  },
  { ...closed, title: 'TestToken' },
)

export const STEP_NAMES = {
  jwtDecode: 'JWT decode',
  issuerMatch: 'Issuer match',
  signatureValidation: 'Signature validation',
  audienceValidation: 'Audience validation',
  tokenFreshness: 'Token freshness',
  subjectValidation: 'Subject validation',
  celEvaluation: 'CEL evaluation',
  cidrCheck: 'CIDR check',
  // Extension: without it a disabled trust would fail with every step passed.
  enabledCheck: 'Trust, service principal and provider enabled',
} as const

const Step = Type.Object(
  {
    stepName: Type.String(),
    passed: Type.Boolean(),
    skipped: Type.Boolean(),
    expected: Type.Optional(Type.String()),
    actual: Type.Optional(Type.String()),
    detail: Type.Optional(Type.String()),
  },
  { title: 'Step' },
)

const ConditionParts = Type.Optional(
  Type.Array(
    Type.Object({
      text: Type.String(),
      value: Type.String(),
      reads: Type.Array(Type.Object({ text: Type.String(), value: Type.String() })),
      differs: Type.Optional(Type.Boolean()),
    }),
    { description: 'Extension: the parts of the condition, each with what it came to and the claims it reads.' },
  ),
)

export const TestTokenAnswer = Type.Object(
  {
    overallResult: Type.Boolean(),
    decodedClaimsJson: Type.Optional(Type.String()),
    ...Object.fromEntries(Object.keys(STEP_NAMES).map((step) => [step, Step])),
    decisionId: Type.String(described('Extension: the recorded decision of plane test.')),
    conditionParts: ConditionParts,
  },
  { title: 'TestTokenAnswer' },
)

export const TestCel = Type.Object(
  {
    expression: maybeText('CEL over `claims`.'),
    claimsJson: maybeText('The claims of a sample token, as JSON text.'),
    explain: maybeFlag('Extension: the answer has conditionParts.'),
  },
  { title: 'TestCel', ...closed, examples: [{ expression: 'claims.a == 1', claimsJson: '{"a":1}' }] },
)
export const TestCelAnswer = Type.Object(
  {
    matched: Type.Boolean(),
    expression: Type.String(),
    error: Type.Optional(Type.String()),
    conditionParts: ConditionParts,
  },
  { title: 'TestCelAnswer' },
)

export const SearchTrusts = Type.Object(
  {
    query: maybeText('Text in display name or description.'),
    providerId: maybeText('Only trusts of this provider.'),
    servicePrincipalId: maybeText('Only trusts of this service principal.'),
    ...pageFields,
  },
  { ...closed, title: 'SearchTrusts' },
)

export const ServicePrincipal = Type.Object(
  {
    id: readOnlyText(),
    displayName: maybeText('The display name.'),
    roleIds: maybeTexts('Extension: roles of the principal.'),
    disabled: maybeFlag('Extension: a disabled principal is refused everywhere.'),
    createdAt: readOnlyTime(),
    updatedAt: readOnlyTime(),
  },
  { ...closed, title: 'ServicePrincipal' },
)
export const CreateServicePrincipal = Type.Object(
  { displayName: maybeText('The display name.'), roleIds: maybeTexts('Extension: roles of the principal.') },
  { ...closed, title: 'CreateServicePrincipal' },
)
export const UpdateServicePrincipal = update('servicePrincipal', ServicePrincipal)

export const Credential = Type.Object(
  {
    id: readOnlyText(),
    clientId: readOnlyText('Read-only. {name}@{audience}/spc'),
    servicePrincipalId: readOnlyText(),
    displayName: maybeText('The display name.'),
    scopedRoleIds: maybeTexts('The principal’s roles are narrowed to these; empty means all.'),
    allowSourceCidrs: maybeTexts('Addresses the credential may be used from; empty means any.'),
    requireDpop: maybeFlag('Read-only after creation.'),
    expiresAt: readOnlyTime(),
    lastUsedAt: readOnlyTime(),
    createdAt: readOnlyTime(),
  },
  { ...closed, title: 'Credential' },
)
export const CreateCredential = Type.Object(
  {
    displayName: maybeText('The display name.'),
    expires: Type.Optional(
      Type.Unsafe<string | null>({
        type: ['string', 'null'],
        // Source: google.protobuf.Duration in JSON; fractions of a second are dropped.
        pattern: '^[0-9]{1,12}(\\.[0-9]{1,9})?s$',
        description: 'Duration like 2592000s; at most 180 days, default 90.',
      }),
    ),
    scopedRoles: maybeTexts('The principal’s roles are narrowed to these; empty means all.'),
    allowSourceCidrs: maybeTexts('Addresses the credential may be used from; empty means any.'),
    requireDpop: maybeFlag('The token request must carry a DPoP proof.'),
  },
  { ...closed, title: 'CreateCredential' },
)
export const UpdateCredential = update('credential', Credential)

export const CreatedCredential = Type.Object(
  {
    credential: Credential,
    clientSecret: Type.String(described('Shown this once.')),
  },
  { title: 'CreatedCredential' },
)

export const Introspection = Type.Object(
  {
    principleId: Type.String(described('Sic. `sub` of the token, or operator-token.')),
    userId: Type.String(),
    tenantId: Type.String(described('The organisation acted in.')),
    roles: Type.Array(Type.String()),
    permissions: Type.Array(Type.String()),
    features: Type.Array(Type.String()),
    disabledModules: Type.Array(Type.String()),
  },
  { title: 'Introspection' },
)
