/**
 * Valid bodies that operations take, for the fuzzer to damage: what makes new objects. Changes of objects begin with what
 * their reading answers, and every body that an operation's own documentation shows is tried as well.
 */
import type { Json } from '../../../json.ts'
import type { Materials } from './values.ts'

/** What a seed may name: things that are there. */
export interface SeedNames {
  /** Differs at every request. */
  readonly n: number
  readonly principal: string
  readonly workload: string
  readonly person: string
  readonly proof: string
  readonly materials: Materials
}

export type Seed = (names: SeedNames) => Json

const SECRET = 'canary-secret-seed'

const manifest =
  (kind: string, spec: (names: SeedNames) => Json, prefix: string): Seed =>
  (names) => ({
    apiVersion: 'entente.dev/v1',
    kind,
    metadata: { name: `${prefix}-${names.n}`, labels: { team: 'fuzz' } },
    spec: spec(names),
  })

const workload = manifest(
  'WorkloadProvider',
  ({ n }) => ({
    displayName: `Workload ${n}`,
    issuer: `https://w${n}.example`,
    knownProvider: 'CUSTOM',
    oidc: { allowedAudiences: ['a'], maxTokenAgeSeconds: 600, singleUse: true },
  }),
  'w',
)
const spiffe = manifest(
  'WorkloadProvider',
  ({ n }) => ({
    issuer: `spiffe://td-${n}.example`,
    knownProvider: 'SPIFFE',
    spiffe: { bundleEndpointUrl: `https://bundle-${n}.example/`, profile: 'https_web' },
  }),
  's',
)
const uploaded = manifest(
  'WorkloadProvider',
  ({ n, materials }) => ({
    issuer: `https://up${n}.example`,
    knownProvider: 'KUBERNETES',
    oidc: { jwksJson: materials.jwksJson },
  }),
  'u',
)
const oneApp = manifest(
  'App',
  ({ n }) => ({ displayName: `App ${n}`, redirectUris: [`https://app${n}.example/cb`], scopes: ['openid'] }),
  'a',
)
const person = manifest(
  'Person',
  ({ n }) => ({ displayName: `P ${n}`, email: `p${n}@acme.example`, roleIds: ['viewer'] }),
  'h',
)
const domain = manifest('Domain', ({ n }) => ({ domain: `d${n}.example` }), 'd')
const people = manifest(
  'WorkforceIdentityProvider',
  ({ n }) => ({
    displayName: `People ${n}`,
    description: 'Employees',
    attributeMapping: [
      { key: 'google.subject', value: 'assertion.sub' },
      { key: 'attribute.department', value: 'assertion.department' },
    ],
    attributeCondition: 'assertion.hd == "example.com"',
    expireTime: '2030-01-01T00:00:00Z',
    oidc: {
      issuerUri: `https://p${n}.example`,
      clientId: 'c',
      webSsoConfig: { responseType: 'CODE', assertionClaimsBehavior: 'ONLY_ID_TOKEN_CLAIMS', additionalScopes: ['x'] },
    },
    domains: [`p${n}.example`],
    mappers: [
      {
        name: 'm',
        identityProviderMapper: 'hardcoded-attribute-idp-mapper',
        config: { attribute: 'a', 'attribute.value': 'b' },
      },
    ],
    examples: [{ name: 'e', claims: { sub: 'x', hd: 'example.com', department: 'd' }, expect: true }],
    allowedScopes: ['read'],
    firstLogin: 'create',
  }),
  'p',
)
const peopleSaml = manifest(
  'WorkforceIdentityProvider',
  ({ materials }) => ({
    saml: { idpMetadataXml: materials.metadata[0] ?? '', forceAuthn: true, principalType: 'SUBJECT' },
    domains: ['saml.example'],
  }),
  'x',
)
const stepUp = manifest(
  'StepUpProvider',
  ({ n }) => ({
    displayName: `Proof ${n}`,
    issuerUrl: `https://su${n}.example`,
    clientId: 'c',
    oauth2: { acrValues: ['phr'] },
  }),
  'su',
)
const transaction: Seed = ({ person, proof }) => ({
  apiVersion: 'entente.dev/v1',
  kind: 'StepUpTransaction',
  metadata: {},
  spec: { person, provider: proof, reason: 'Approve the transfer', maxAgeSeconds: 300 },
})
const principal = manifest('ServicePrincipal', ({ n }) => ({ displayName: `Bot ${n}`, roleIds: ['viewer'] }), 'b')
const trust = manifest(
  'Trust',
  ({ principal, workload }) => ({
    servicePrincipal: principal,
    provider: workload,
    condition: 'claims.sub == "x"',
    scopedRoleIds: ['viewer'],
    allowSourceCidrs: ['10.0.0.0/8'],
    passthroughClaims: ['sub'],
    allowedResources: ['https://api.example.com/'],
    allowedScopes: ['read'],
    tokenLifetimeSeconds: 600,
    capLifetimeToSubject: true,
    examples: [{ name: 'e', claims: { sub: 'x' }, expect: true }],
  }),
  't',
)
const organisation = manifest(
  'Organization',
  ({ n }) => ({
    displayName: `Org ${n}`,
    host: `o${n}.example.org`,
    roles: ['deployer'],
    session: { idleSeconds: 3600 },
  }),
  'o',
)

const ROOT = '/apis/entente.dev/v1'
const SPACE = `${ROOT}/namespaces/{organisation}`

/** By method and path as the OpenAPI document writes them. */
export const SEEDS: Readonly<Record<string, readonly Seed[]>> = {
  'POST /api/v1/workload_federation/providers': [
    ({ n }) => ({
      displayName: `Made ${n}`,
      description: null,
      issuerUrl: `https://made-${n}.example`,
      wellKnownProvider: 'WELL_KNOWN_WORKLOAD_PROVIDER_CUSTOM',
      oidc: { allowedAudiences: ['x'], maxTokenAgeSeconds: 600 },
    }),
    ({ n, materials }) => ({
      issuerUrl: `https://up-${n}.example`,
      wellKnownProvider: 'WELL_KNOWN_WORKLOAD_PROVIDER_GITLAB_CI',
      oidc: { jwksJson: materials.jwksJson },
    }),
    ({ n }) => ({
      issuerUrl: `spiffe://td${n}.example`,
      wellKnownProvider: 'WELL_KNOWN_WORKLOAD_PROVIDER_SPIFFE',
      spiffe: { bundleEndpointUrl: 'https://bundle.example/' },
    }),
  ],
  'POST /api/v1/service_principals': [({ n }) => ({ displayName: `Deployer ${n}`, roleIds: ['viewer'] })],
  'POST /api/v1/service_principals/{service_principal_id}/trusts': [
    ({ n, workload }) => ({
      providerId: workload,
      displayName: `Trust ${n}`,
      conditionExpression: 'claims.sub == "x"',
      scopedRoleIds: ['viewer'],
      allowSourceCidrs: ['10.0.0.0/8', '2001:db8::/32'],
      passthroughClaims: ['repository'],
      allowedResources: ['https://api.example.com/'],
      allowedScopes: ['deploy'],
      tokenLifetimeSeconds: 600,
      capLifetimeToSubject: true,
    }),
  ],
  'POST /api/v1/service_principals/{service_principal_id}/credentials': [
    ({ n }) => ({
      displayName: `Laptop ${n}`,
      expires: '2592000s',
      scopedRoles: ['viewer'],
      allowSourceCidrs: ['192.0.2.1'],
    }),
  ],
  'POST /api/v1/service_principals/{service_principal_id}/trusts/{client_id}/test': [
    () => ({ subjectToken: 'a.b.c', sourceIp: '10.0.0.1' }),
  ],
  'POST /api/v1/workload_federation/test-cel': [() => ({ expression: 'claims.a == 1', claimsJson: '{"a":1}' })],
  'POST /api/v1/search/workload_federation_trusts': [
    ({ workload }) => ({ query: 'a', providerId: workload, pageSize: 10 }),
  ],
  'POST /api/v1/step-up/providers': [
    ({ n }) => ({
      displayName: `Made ${n}`,
      issuerUrl: `https://proof-${n}.example`,
      clientId: 'c',
      clientSecret: SECRET,
      oauth2: { acrValues: ['phr'] },
    }),
    () => ({
      displayName: 'Entra',
      clientId: 'c',
      microsoft: {
        tenant: '72f988bf-86f1-41af-91ab-2d7cd011db47',
        conditionalAccessIds: ['C1'],
        validationMode: 'MICROSOFT_VALIDATION_MODE_ACRS',
      },
    }),
  ],
  'POST /api/v1/step-up/providers/{id}/secret': [() => ({ clientSecret: SECRET })],
  'POST /api/v1/search/step-up/providers': [() => ({ query: 'a', refs: [{ id: 'x' }], pageSize: 10 })],
  'POST /api/v1/search/step-up/transactions': [
    () => ({ state: 'STEP_UP_TRANSACTION_STATE_PENDING', createdAfter: '1970-01-01T00:00:00.000Z', pageSize: 5 }),
  ],
  'POST /v1/regions/global/iam/providers': [
    ({ n }) => ({
      id: `iam-${n}`,
      displayName: `Customer ${n}`,
      tenantDomain: `Customer-${n}.example`,
      oidcConfig: {
        discoveryUrl: `https://customer-${n}.example/.well-known/openid-configuration`,
        clientId: 'c',
        clientSecret: SECRET,
      },
      enabled: true,
    }),
  ],
  'POST /v1/regions/global/organizations': [({ n }) => ({ id: `org-${n}`, displayName: `Org ${n}`, description: 'd' })],
  'POST /api/identity-providers': [
    ({ n }) => ({
      alias: `idp-${n}`,
      display_name: `Made ${n}`,
      provider_id: 'oidc',
      known_provider: 'custom_oidc',
      oidc_config: { issuer: `https://idp-${n}.example`, client_id: 'c', client_secret: SECRET },
      mappers: [
        {
          name: 'mail',
          identity_provider_mapper: 'oidc-user-attribute-idp-mapper',
          config: { claim: 'email', 'user.attribute': 'email' },
        },
      ],
      condition: 'assertion.email_verified == true',
      attribute_mapping: { 'google.subject': 'assertion.sub' },
      domains: [`Idp-${n}.example`],
      first_login: 'create',
    }),
    ({ n }) => ({
      alias: `entra-${n}`,
      display_name: 'Entra',
      provider_id: 'oidc',
      known_provider: 'entra_id',
      oidc_config: {
        issuer: 'https://login.microsoftonline.com/{tenantid}/v2.0',
        client_id: 'c',
        client_secret: SECRET,
        allowed_tenants: ['72f988bf-86f1-41af-91ab-2d7cd011db47'],
      },
      mappers: [
        { name: 'a', identity_provider_mapper: 'oidc-hardcoded-role-idp-mapper', config: { role: 'auditor' } },
        { name: 'b', identity_provider_mapper: 'oidc-hardcoded-group-idp-mapper', config: { group: '/x' } },
      ],
    }),
    ({ n, materials }) => ({
      alias: `saml-${n}`,
      display_name: `SAML ${n}`,
      provider_id: 'saml',
      saml_config: {
        single_sign_on_service_url: 'https://saml.example.com/sso',
        signing_certificate: materials.certificates[0] ?? '',
        idp_entity_id: `https://saml-${n}.example`,
      },
    }),
    ({ n }) => ({
      alias: `github-${n}`,
      display_name: 'GitHub',
      provider_id: 'oidc',
      known_provider: 'github',
      oidc_config: { client_id: 'c', client_secret: SECRET },
    }),
  ],
  'PUT /api/identity-providers/{alias}': [
    ({ n }) => ({
      display_name: `Replaced ${n}`,
      provider_id: 'oidc',
      oidc_config: { issuer: `https://idp-${n}.example`, client_id: 'c', client_secret: SECRET },
      domains: [`idp-${n}.example`],
    }),
    ({ materials }) => ({
      display_name: 'Replaced',
      provider_id: 'saml',
      saml_config: {
        single_sign_on_service_url: 'https://saml.example.com/sso',
        signing_certificate: materials.certificates[0] ?? '',
      },
    }),
  ],
  'PATCH /api/identity-providers/{alias}': [
    ({ n }) => ({ display_name: `Patched ${n}`, condition: 'assertion.sub != ""', oidc_config: { prompt: 'login' } }),
    ({ n }) => ({ domains: [`patched-${n}.example`], saml_config: { force_authn: true } }),
  ],
  'POST /api/identity-providers/{alias}/mappers': [
    ({ n }) => ({
      name: `mapper-${n}`,
      identity_provider_mapper: 'oidc-hardcoded-group-idp-mapper',
      config: { group: '/staff', syncMode: 'FORCE' },
    }),
  ],
  'POST /api/identity-providers/import-config': [
    ({ n }) => ({ provider_id: 'oidc', from_url: `https://imp${n}.example/.well-known/openid-configuration` }),
  ],
  [`POST ${ROOT}/organizations`]: [organisation],
  [`PUT ${ROOT}/organizations/{name}`]: [organisation],
  [`POST ${SPACE}/serviceprincipals`]: [principal],
  [`PUT ${SPACE}/serviceprincipals/{name}`]: [principal],
  [`POST ${SPACE}/workloadproviders`]: [workload, spiffe, uploaded],
  [`PUT ${SPACE}/workloadproviders/{name}`]: [workload],
  [`POST ${SPACE}/trusts`]: [trust],
  [`POST ${SPACE}/workforceidentityproviders`]: [people, peopleSaml],
  [`PUT ${SPACE}/workforceidentityproviders/{name}/secret`]: [() => ({ clientSecret: SECRET })],
  [`PUT ${SPACE}/stepupproviders/{name}/secret`]: [() => ({ clientSecret: SECRET })],
  [`POST ${SPACE}/stepupproviders`]: [stepUp],
  [`POST ${SPACE}/stepuptransactions`]: [transaction],
  [`POST ${SPACE}/apps`]: [oneApp],
  [`PUT ${SPACE}/apps/{name}`]: [oneApp],
  [`PATCH ${SPACE}/apps/{name}`]: [oneApp],
  [`POST ${SPACE}/persons`]: [person],
  [`PUT ${SPACE}/persons/{name}`]: [person],
  [`PATCH ${SPACE}/persons/{name}`]: [person],
  [`POST ${SPACE}/domains`]: [domain],
  [`PUT ${SPACE}/domains/{name}`]: [domain],
  [`PATCH ${SPACE}/domains/{name}`]: [domain],
  [`POST ${ROOT}/apply`]: [
    (names) => [principal(names), workload(names), people(names)],
    (names) => ({ apiVersion: 'v1', kind: 'List', items: [stepUp(names), trust(names)] }),
    (names) => peopleSaml(names),
    (names) => organisation(names),
  ],
}
