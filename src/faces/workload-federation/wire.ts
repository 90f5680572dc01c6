/**
 * The wire form of the face, as its page and API description spell it. Unset fields are absent in answers, never null;
 * requests may send null for unset. Limits that the registry judges are not repeated here, so that all faults come together.
 *
 * Source: docs/sources/workload-federation.txt; the same API's service principals. Fields marked "extension" are ours.
 */
import { type TSchema, Type } from 'typebox'

const closed = { additionalProperties: false } as const
const described = (description: string) => ({ description })
const nullable = <T>(type: 'string' | 'boolean' | 'integer', description: string) =>
  Type.Optional(Type.Unsafe<T | null>({ type: [type, 'null'], description }))
const maybeText = (description: string) => nullable<string>('string', description)
const maybeFlag = (description: string) => nullable<boolean>('boolean', description)
const maybeNumber = (description: string) => nullable<number>('integer', description)
const maybeTexts = (description: string) =>
  Type.Optional(Type.Unsafe<string[] | null>({ type: ['array', 'null'], items: { type: 'string' }, description }))
const time = (description: string) => Type.Optional(Type.String({ format: 'date-time', description }))

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
  bundleEndpointUrl: maybeText('https URL of the trust domain’s bundle; required for SPIFFE.'),
  profile: maybeText('Extension: the bundle endpoint profile; https_web.'),
}
const settings = (fields: Record<string, TSchema>, description: string) =>
  Type.Optional(
    Type.Unsafe<Record<string, unknown> | null>({
      ...Type.Object(fields, closed),
      type: ['object', 'null'],
      description,
    }),
  )

const providerFields = {
  displayName: maybeText('The display name; absent, the id is shown.'),
  description: maybeText('What this provider is for.'),
  issuerUrl: maybeText(
    'https URL checked by OIDC discovery, or the spiffe trust-domain URI. Normalised, unique, immutable.',
  ),
  oidc: settings(oidcFields, 'Settings of an OpenID Connect issuer. Only one of oidc and spiffe may be set.'),
  spiffe: settings(spiffeFields, 'Settings of a SPIFFE trust domain. Only one of oidc and spiffe may be set.'),
  wellKnownProvider: Type.Optional(
    Type.Unsafe<string | null>({
      type: ['string', 'null'],
      enum: [...WELL_KNOWN.map((name) => WELL_KNOWN_PREFIX + name), null],
      description: 'Known source; required, unspecified is refused.',
    }),
  ),
}

export const Provider = Type.Object(
  {
    id: Type.Optional(Type.String(described('Read-only. Name of the provider in every API of the registry.'))),
    ...providerFields,
    disabled: maybeFlag('A disabled provider rejects every exchange.'),
    createdAt: time('Read-only.'),
    updatedAt: time('Read-only.'),
  },
  closed,
)

export const CreateProvider = Type.Object(providerFields, {
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

const updateMask = maybeText('Comma-separated camelCase paths; absent means every mutable field of the body.')

export const UpdateProvider = Type.Object({ provider: Provider, updateMask }, closed)

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
}

export const Trust = Type.Object(
  {
    clientId: Type.Optional(Type.String(described('Read-only. {name}@{audience}/wfe'))),
    servicePrincipalId: Type.Optional(Type.String(described('Read-only.'))),
    providerId: Type.Optional(Type.String(described('Immutable.'))),
    ...trustFields,
    disabled: maybeFlag('A disabled trust rejects every exchange.'),
    createdAt: time('Read-only.'),
    updatedAt: time('Read-only.'),
  },
  closed,
)

export const CreateTrust = Type.Object({ providerId: Type.String(), ...trustFields }, closed)
export const UpdateTrust = Type.Object({ trust: Trust, updateMask }, closed)

export const TestToken = Type.Object(
  {
    subjectToken: Type.String(described('The JWT to judge; nothing is issued.')),
    sourceIp: maybeText('IPv4 or IPv6 address to judge instead of the caller’s; a prefix is ignored.'),
  },
  closed,
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
} as const

const Step = Type.Object({
  stepName: Type.String(),
  passed: Type.Boolean(),
  skipped: Type.Boolean(),
  expected: Type.Optional(Type.String()),
  actual: Type.Optional(Type.String()),
  detail: Type.Optional(Type.String()),
})

export const TestTokenAnswer = Type.Object({
  overallResult: Type.Boolean(),
  decodedClaimsJson: Type.Optional(Type.String()),
  ...Object.fromEntries(Object.keys(STEP_NAMES).map((step) => [step, Step])),
  decisionId: Type.String(described('Extension: the recorded decision of plane test.')),
})

export const TestCel = Type.Object({ expression: Type.String(), claimsJson: Type.String() }, closed)
export const TestCelAnswer = Type.Object({
  matched: Type.Boolean(),
  expression: Type.String(),
  error: Type.Optional(Type.String()),
})

export const SearchTrusts = Type.Object(
  {
    query: maybeText('Text in display name or description.'),
    providerId: maybeText('Only trusts of this provider.'),
    servicePrincipalId: maybeText('Only trusts of this service principal.'),
    pageSize: maybeNumber('10 to 100, default 25.'),
    pageToken: maybeText('From the page before.'),
  },
  closed,
)

export const ServicePrincipal = Type.Object(
  {
    id: Type.Optional(Type.String(described('Read-only.'))),
    displayName: maybeText('The display name.'),
    roleIds: maybeTexts('Extension: roles of the principal.'),
    disabled: maybeFlag('Extension: a disabled principal is refused everywhere.'),
    createdAt: time('Read-only.'),
    updatedAt: time('Read-only.'),
  },
  closed,
)
export const CreateServicePrincipal = Type.Object(
  { displayName: maybeText('The display name.'), roleIds: maybeTexts('Extension: roles of the principal.') },
  closed,
)
export const UpdateServicePrincipal = Type.Object({ servicePrincipal: ServicePrincipal, updateMask }, closed)

export const Credential = Type.Object(
  {
    id: Type.Optional(Type.String(described('Read-only.'))),
    clientId: Type.Optional(Type.String(described('Read-only. {name}@{audience}/spc'))),
    servicePrincipalId: Type.Optional(Type.String(described('Read-only.'))),
    displayName: maybeText('The display name.'),
    scopedRoleIds: maybeTexts('The principal’s roles are narrowed to these; empty means all.'),
    allowSourceCidrs: maybeTexts('Addresses the credential may be used from; empty means any.'),
    requireDpop: maybeFlag('Read-only after creation.'),
    expiresAt: time('Read-only.'),
    lastUsedAt: time('Read-only.'),
    createdAt: time('Read-only.'),
  },
  closed,
)
export const CreateCredential = Type.Object(
  {
    displayName: maybeText('The display name.'),
    expires: maybeText('Duration like 2592000s; at most 180 days, default 90.'),
    scopedRoles: maybeTexts('The principal’s roles are narrowed to these; empty means all.'),
    allowSourceCidrs: maybeTexts('Addresses the credential may be used from; empty means any.'),
    requireDpop: maybeFlag('The token request must carry a DPoP proof.'),
  },
  closed,
)
export const UpdateCredential = Type.Object({ credential: Credential, updateMask }, closed)

export const Empty = Type.Object({})
export const wrapped = (name: string, schema: TSchema) => Type.Object({ [name]: schema })
export const listOf = (schema: TSchema) => Type.Object({ list: Type.Array(schema), nextPageToken: Type.String() })
export const CreatedCredential = Type.Object({
  credential: Credential,
  clientSecret: Type.String(described('Shown this once.')),
})
