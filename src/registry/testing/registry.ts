/** A registry over the fake stores, for tests: protocols that know nothing of a network, a clock that stands. */
import { createHash, randomBytes, randomFillSync } from 'node:crypto'
import { createConditions } from '../../claims/condition.ts'
import type { FieldFault } from '../../fault.ts'
import type { JsonObject } from '../../json.ts'
import { createUids } from '../../uid.ts'
import type { ProviderDraft, ServicePrincipalDraft, TrustDraft } from '../drafts.ts'
import type { ProbeRequest, ProbeResult, Protocol } from '../protocol.ts'
import type { ProtocolName } from '../provider.ts'
import type { Registry } from '../registry.ts'
import type { Grantor } from '../roles.ts'
import type { Actor, RegistryEvent } from '../stores.ts'
import { createMemoryStores, organisationRecord } from './memory-stores.ts'

export interface TestRegistry extends Registry {
  readonly events: readonly RegistryEvent[]
  /** What the protocols were asked. */
  readonly probes: ProbeRequest[]
  /** Uids of the providers that the protocols were told to forget. */
  readonly forgotten: string[]
  readonly clock: { now: Date }
}

export interface TestRegistryOptions {
  readonly probe?: (request: ProbeRequest) => Promise<ProbeResult>
  readonly randomBytes?: (size: number) => Uint8Array
}

export const operator: Grantor = { operator: true, roles: ['operator'] }
export const admin: Grantor = { operator: false, roles: ['admin'] }

export function actorIn(organisation: string): Actor {
  return { organisation, subject: 'operator-token', requestId: null }
}

/** Organisations `default`, `acme` and `rival`; two protocols that accept the settings they list. */
export async function createTestRegistry(options: TestRegistryOptions = {}): Promise<TestRegistry> {
  const memory = createMemoryStores()
  const clock = { now: new Date('2026-11-24T12:00:00Z') }
  const newUid = createUids(Date.now, randomFillSync)
  const probes: ProbeRequest[] = []
  const forgotten: string[] = []
  await memory.write(async (tx) => {
    await tx.organisations.insert(organisationRecord({ uid: newUid(), id: 'acme' }))
    await tx.organisations.insert(organisationRecord({ uid: newUid(), id: 'rival' }))
  })
  const protocol = (name: ProtocolName, scheme: string, keys: readonly string[]): Protocol => ({
    name,
    issuerSchemes: [scheme],
    secretFields: ['clientSecret'],
    parseSettings: (use, input) => parseKeys(input, use === 'workload' ? keys : [...PEOPLE, ...keys]),
    async probe(request) {
      probes.push(request)
      return options.probe === undefined ? found(request) : await options.probe(request)
    },
    forget: (uid) => void forgotten.push(uid),
  })
  return {
    stores: memory.stores,
    write: memory.write,
    events: memory.events,
    protocols: {
      oidc: protocol('oidc', 'https', ['jwksJson', 'allowedAudiences', 'caPem', 'maxTokenAgeSeconds', 'singleUse']),
      oauth2: protocol('oauth2', 'https', []),
      saml: protocol('saml', 'https', SAML),
      spiffe: protocol('spiffe', 'spiffe', ['bundleEndpointUrl', 'profile']),
    },
    sealer: {
      seal: ({ id, column }, text) => `sealed ${id} ${column} ${createHash('sha256').update(text).digest('hex')}`,
    },
    allowsPlainHttp: (url) => url.startsWith('http://127.0.0.1'),
    generation: () => memory.events.length,
    conditions: createConditions(),
    now: () => clock.now,
    newUid,
    randomBytes: options.randomBytes ?? randomBytes,
    publicUrl: 'https://entente.example',
    probes,
    forgotten,
    clock,
  }
}

const PEOPLE = [
  'clientId',
  'discoveryUrl',
  'authorizationUrl',
  'tokenUrl',
  'userInfoUrl',
  'jwksUrl',
  'logoutUrl',
  'clientAuthMethod',
  'defaultScope',
  'validateSignature',
  'useJwksUrl',
  'pkceEnabled',
  'pkceMethod',
  'allowedTenants',
  'prompt',
  'maxAge',
  'responseType',
  'assertionClaimsBehavior',
  'oauth2',
  'microsoft',
  'discovered',
]
const SAML = [
  'metadataXml',
  'metadataUrl',
  'idpEntityId',
  'ssoUrl',
  'sloUrl',
  'nameIdFormat',
  'signingCertificate',
  'wantAuthnRequestsSigned',
  'postBindingAuthnRequest',
  'postBindingResponse',
  'forceAuthn',
  'authnContextClassRefs',
  'pinNameIdFormat',
  'principalType',
  'principalAttribute',
  'wantAssertionsEncrypted',
  'allowIdpInitiated',
  'allowSha1',
]

/** Where a well-behaved upstream says that everything is. */
function found({ use, issuer, settings }: ProbeRequest): ProbeResult {
  if (use === 'workload') {
    const discovered: JsonObject = issuer.toLowerCase().startsWith('https:') ? { jwksUri: `${issuer}/keys` } : {}
    return { expectedIssuer: issuer, settings: { ...settings, ...discovered } }
  }
  if (issuer === '')
    return { expectedIssuer: typeof settings.idpEntityId === 'string' ? settings.idpEntityId : '', settings }
  const at = (path: string) => `${issuer}/${path}`
  const discovered = {
    authorizationUrl: at('authorize'),
    tokenUrl: at('token'),
    userInfoUrl: at('userinfo'),
    jwksUrl: at('keys'),
  }
  return { expectedIssuer: issuer, settings: { ...settings, discovered } }
}

function parseKeys(input: JsonObject, keys: readonly string[]): { settings: JsonObject; faults: FieldFault[] } {
  const unknown = Object.keys(input).filter((key) => !keys.includes(key))
  const faults = unknown.map((path) => ({ path, code: 'field.unknown', message: 'is not a setting' }))
  return { settings: input, faults }
}

const GITHUB = 'https://token.actions.githubusercontent.com'

export function providerDraft(fields: Partial<ProviderDraft> = {}): ProviderDraft {
  const texts = { id: null, displayName: 'GitHub', description: null }
  return { use: 'workload', ...texts, enabled: true, known: 'GITHUB_ACTIONS', issuer: GITHUB, settings: {}, ...fields }
}

export function principalDraft(fields: Partial<ServicePrincipalDraft> = {}): ServicePrincipalDraft {
  return { id: null, displayName: 'Deployer', roleIds: ['viewer'], enabled: true, ...fields }
}

export function trustDraft(fields: Partial<TrustDraft> = {}): TrustDraft {
  return {
    id: null,
    provider: 'github',
    displayName: null,
    description: null,
    condition: 'claims.repository == "octo-org/payments"',
    scopedRoleIds: [],
    allowSourceCidrs: [],
    passthroughClaims: [],
    allowedResources: [],
    allowedScopes: [],
    tokenLifetimeSeconds: null,
    capLifetimeToSubject: false,
    enabled: true,
    ...fields,
  }
}
