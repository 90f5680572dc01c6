/** Records with every field set to something telling; give what matters. */
import { randomFillSync } from 'node:crypto'
import type { Decision } from '../../decisions/decision.ts'
import type { Organisation } from '../../registry/organisation.ts'
import type { Provider } from '../../registry/provider.ts'
import type { Credential, ServicePrincipal } from '../../registry/service-principal.ts'
import type { StepUpTransaction } from '../../registry/step-up-transaction.ts'
import type { RegistryEvent } from '../../registry/stores.ts'
import type { Trust } from '../../registry/trust.ts'
import { createUids } from '../../uid.ts'
import type { Storage } from '../storage.ts'

export const newUid = createUids(Date.now, randomFillSync)

/** With milliseconds, so that an engine that loses them is found out. */
const MADE = new Date('2026-03-01T09:30:15.007Z')
const CHANGED = new Date('2026-03-02T23:59:59.999Z')
const record = { version: 1, createdAt: MADE, updatedAt: CHANGED }
/** What databases like to change: quotes, wildcards, other planes of Unicode, decomposed letters, spaces at the end. */
const ODD = `Größe 'q' "qq" \\ % _ \u{1f511} e\u0301 \u00e9 ; -- `

export function organisationOf(fields: Partial<Organisation> = {}): Organisation {
  const uid = newUid()
  const texts = { displayName: ODD, description: `${ODD}\n\tlines`, host: `${uid}.example` }
  const settings = { session: { minutes: 5, levels: [1, 2.5, null, true] }, empty: {} }
  return {
    uid,
    id: `o-${uid}`,
    ...texts,
    roles: ['auditor', ODD],
    settings,
    labels: { [ODD]: ODD },
    ...record,
    ...fields,
  }
}

export function providerOf(organisation: string, fields: Partial<Provider> = {}): Provider {
  const uid = newUid()
  return {
    uid,
    id: `p-${uid}`,
    organisation,
    use: 'workload',
    protocol: 'oidc',
    displayName: ODD,
    description: ODD,
    enabled: true,
    known: 'GITHUB_ACTIONS',
    issuer: `https://${uid}.example`,
    expectedIssuer: `https://${uid}.example/`,
    settings: { allowedAudiences: ['a', ODD], maxTokenAgeSeconds: 600, singleUse: false, jwksJson: '{"keys":[]}' },
    secrets: { clientSecret: 's1.abc.def' },
    domains: ['example.com', 'example.org'],
    attributeMapping: { 'google.subject': 'assertion.sub' },
    condition: `claims.sub == '${ODD}'`,
    routingDomains: ['example.com'],
    mappers: [{ id: uid, name: ODD, type: 'constant', syncMode: null, config: { value: [ODD, { deep: null }] } }],
    syncMode: 'FORCE',
    firstLogin: 'link_verified_email',
    examples: [{ claims: { sub: ODD }, expect: true }],
    allowedScopes: ['deploy'],
    labels: { team: ODD },
    expiresAt: new Date('2030-01-01T00:00:00.001Z'),
    lastTestedAt: new Date('2026-02-28T12:00:00.500Z'),
    ...record,
    ...fields,
  }
}

export function principalOf(organisation: string, fields: Partial<ServicePrincipal> = {}): ServicePrincipal {
  const uid = newUid()
  const labels = { team: ODD }
  return {
    uid,
    id: `s-${uid}`,
    organisation,
    displayName: ODD,
    roleIds: ['viewer', ODD],
    enabled: true,
    labels,
    ...record,
    ...fields,
  }
}

export function credentialOf(principal: ServicePrincipal, fields: Partial<Credential> = {}): Credential {
  const uid = newUid()
  return {
    uid,
    id: `c-${uid}`,
    organisation: principal.organisation,
    principal: principal.uid,
    displayName: ODD,
    secretHash: 'aGFzaA',
    publicKeyX: 'a2V5',
    scopedRoleIds: ['viewer'],
    allowSourceCidrs: ['10.0.0.0/8', '::1/128'],
    requireDpop: true,
    expiresAt: new Date('2026-06-01T00:00:00.123Z'),
    lastUsedAt: null,
    ...record,
    ...fields,
  }
}

export function trustOf(principal: ServicePrincipal, provider: Provider, fields: Partial<Trust> = {}): Trust {
  const uid = newUid()
  return {
    uid,
    id: `t-${uid}`,
    cutename: `cute-${uid}`,
    organisation: principal.organisation,
    principal: principal.uid,
    provider: provider.uid,
    displayName: ODD,
    description: ODD,
    condition: `claims.repository == "a/b"`,
    scopedRoleIds: ['viewer'],
    allowSourceCidrs: ['192.0.2.0/24'],
    passthroughClaims: ['repository'],
    allowedResources: ['https://api.example'],
    allowedScopes: ['read'],
    tokenLifetimeSeconds: 900,
    capLifetimeToSubject: true,
    examples: [{ claims: { sub: ODD } }],
    acknowledgedLint: ['lint.stranger_chooses', ODD],
    enabled: false,
    labels: { team: ODD },
    ...record,
    ...fields,
  }
}

export function stepUpTransactionOf(provider: Provider, fields: Partial<StepUpTransaction> = {}): StepUpTransaction {
  return {
    uid: newUid(),
    organisation: provider.organisation,
    provider: provider.uid,
    person: newUid(),
    target: { kind: 'task', taskId: ODD, policyStepId: ODD },
    reason: ODD,
    level: 'phr',
    maxAgeSeconds: 0,
    returnTo: ODD,
    browserHash: ODD,
    state: 'error',
    errorMessage: ODD,
    claims: { acr: ODD, amr: ['otp', null, 1.5], deep: { auth_time: 1 } },
    expiresAt: new Date('2026-03-01T09:35:15.007Z'),
    ...record,
    ...fields,
  }
}

export function decisionOf(organisation: string, fields: Partial<Decision> = {}): Decision {
  const issued = { jti: 'j', sub: 's', scope: null, expiresAt: MADE.toISOString() }
  return {
    id: newUid(),
    organisation,
    plane: 'token-exchange',
    outcome: 'granted',
    code: 'granted',
    provider: 'github',
    trust: 'clever-fox-42195',
    at: MADE,
    rungs: [{ name: 'signature', outcome: 'failed', code: 'x', expected: ODD, actual: '\u0000' }],
    address: '192.0.2.7',
    issued,
    ...fields,
  }
}

export function eventOf(organisation: string, action: string): RegistryEvent {
  const actor = { organisation, subject: 'operator-token', requestId: null }
  return {
    organisation,
    actor,
    action,
    target: { kind: 'provider', id: ODD, uid: newUid() },
    before: null,
    after: { a: [1, ODD] },
  }
}

/** An organisation of the test's own. */
export async function newOrganisation(storage: Storage): Promise<string> {
  const organisation = organisationOf()
  await storage.write((tx) => tx.organisations.insert(organisation))
  return organisation.id
}

/** An organisation with a provider, a principal, a credential and a trust. */
export async function newHousehold(storage: Storage) {
  const organisation = await newOrganisation(storage)
  const provider = providerOf(organisation)
  const principal = principalOf(organisation)
  const credential = credentialOf(principal)
  const trust = trustOf(principal, provider)
  await storage.write(async (tx) => {
    await tx.providers.insert(provider)
    await tx.servicePrincipals.insert(principal)
    await tx.credentials.insert(credential)
    await tx.trusts.insert(trust)
  })
  return { organisation, provider, principal, credential, trust }
}
