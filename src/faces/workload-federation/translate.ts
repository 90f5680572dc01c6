/** Translation between the registry's records and the wire: pure, and total in both directions. */
import type { Static } from 'typebox'
import type { JsonObject } from '../../json.ts'
import { clientIdOf } from '../../registry/cutename.ts'
import type { CredentialDraft, ProviderChange, ProviderDraft, TrustChange, TrustDraft } from '../../registry/drafts.ts'
import type { ProtocolName, Provider } from '../../registry/provider.ts'
import type { Credential, ServicePrincipal } from '../../registry/service-principal.ts'
import type { Trust } from '../../registry/trust.ts'
import { withoutUnset } from '../google-rpc/unset.ts'
import {
  type CreateCredential,
  type CreateProvider,
  type CreateTrust,
  OIDC_FIELDS,
  SPIFFE_FIELDS,
  WELL_KNOWN,
  WELL_KNOWN_PREFIX,
} from './wire.ts'

function times({ createdAt, updatedAt }: { createdAt: Date; updatedAt: Date }) {
  return { createdAt: createdAt.toISOString(), updatedAt: updatedAt.toISOString() }
}

const orNull = <T>(list: readonly T[]) => (list.length === 0 ? null : list)

export function fromProvider(provider: Provider): object {
  const [block, fields] = provider.protocol === 'spiffe' ? ['spiffe', SPIFFE_FIELDS] : ['oidc', OIDC_FIELDS]
  // By name: settings of other faces, and what discovery found, are not this face's to show.
  const settings: Record<string, unknown> = {}
  for (const field of fields) settings[field] = provider.settings[field]
  // The page's enum has no KUBERNETES.
  const known = WELL_KNOWN.some((name) => name === provider.known) ? provider.known : 'CUSTOM'
  return withoutUnset({
    id: provider.id,
    displayName: provider.displayName ?? provider.id,
    description: provider.description,
    issuerUrl: provider.issuer,
    wellKnownProvider: WELL_KNOWN_PREFIX + known,
    disabled: !provider.enabled,
    [block]: withoutUnset(settings),
    ...times(provider),
  })
}

export function toProviderDraft(body: Static<typeof CreateProvider>): ProviderDraft {
  const known = body.wellKnownProvider?.slice(WELL_KNOWN_PREFIX.length) ?? 'UNSPECIFIED'
  return {
    use: 'workload',
    id: null,
    displayName: body.displayName ?? null,
    description: body.description ?? null,
    enabled: true,
    known: known === 'UNSPECIFIED' ? null : known,
    issuer: body.issuerUrl ?? null,
    settings: { ...blockOf('oidc', body.oidc), ...blockOf('spiffe', body.spiffe) },
  }
}

/** An explicit null is "not given", also inside the block. */
function blockOf(protocol: ProtocolName, block: Record<string, unknown> | null | undefined) {
  if (block === null || block === undefined) return {}
  // The schema has let only JSON through.
  return { [protocol]: withoutUnset(block) as JsonObject }
}

export function toProviderChange(fields: ReadonlyMap<string, unknown>): ProviderChange {
  const settings: Record<string, Record<string, unknown>> = {}
  for (const [path, value] of fields) {
    const [block, name] = path.split('.')
    if (block !== undefined && name !== undefined) settings[block] = { ...settings[block], [name]: value }
  }
  return {
    ...pick(fields, { displayName: 'displayName', description: 'description' }),
    ...(fields.has('disabled') ? { enabled: fields.get('disabled') !== true } : {}),
    // Blocks are named oidc and spiffe, and the schema has let only JSON through.
    ...(Object.keys(settings).length > 0 ? { settings: settings as ProviderChange['settings'] & object } : {}),
  }
}

/** Wire path → core name, for the fields that are there. */
function pick(fields: ReadonlyMap<string, unknown>, names: Readonly<Record<string, string>>): Record<string, unknown> {
  const entries = Object.entries(names).filter(([path]) => fields.has(path))
  return Object.fromEntries(entries.map(([path, name]) => [name, fields.get(path) ?? null]))
}

/** The same, where cleared means an empty list. */
function pickLists(fields: ReadonlyMap<string, unknown>, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(names.filter((name) => fields.has(name)).map((name) => [name, fields.get(name) ?? []]))
}

const TRUST_LISTS = [
  'scopedRoleIds',
  'allowSourceCidrs',
  'passthroughClaims',
  'allowedResources',
  'allowedScopes',
  'examples',
  'acknowledgedLint',
] as const

export function fromTrust(trust: Trust, names: { principal: string; provider: string; audience: string }): object {
  return withoutUnset({
    clientId: clientIdOf(trust.cutename, names.audience, 'wfe'),
    servicePrincipalId: names.principal,
    providerId: names.provider,
    displayName: trust.displayName ?? trust.id,
    description: trust.description,
    conditionExpression: trust.condition,
    scopedRoleIds: trust.scopedRoleIds,
    allowSourceCidrs: trust.allowSourceCidrs,
    passthroughClaims: trust.passthroughClaims,
    allowedResources: orNull(trust.allowedResources),
    allowedScopes: orNull(trust.allowedScopes),
    tokenLifetimeSeconds: trust.tokenLifetimeSeconds,
    capLifetimeToSubject: trust.capLifetimeToSubject ? true : null,
    examples: orNull(trust.examples),
    acknowledgedLint: orNull(trust.acknowledgedLint),
    disabled: !trust.enabled,
    ...times(trust),
  })
}

export function toTrustDraft(body: Static<typeof CreateTrust>): TrustDraft {
  return {
    id: null,
    provider: body.providerId ?? '',
    displayName: body.displayName ?? null,
    description: body.description ?? null,
    // An empty expression is an unset one in this API's protobuf form.
    condition: body.conditionExpression || null,
    scopedRoleIds: body.scopedRoleIds ?? [],
    allowSourceCidrs: body.allowSourceCidrs ?? [],
    passthroughClaims: body.passthroughClaims ?? [],
    allowedResources: body.allowedResources ?? [],
    allowedScopes: body.allowedScopes ?? [],
    tokenLifetimeSeconds: body.tokenLifetimeSeconds ?? null,
    capLifetimeToSubject: body.capLifetimeToSubject ?? false,
    // Objects of JSON, as the schema says.
    examples: (body.examples ?? []) as JsonObject[],
    acknowledgedLint: body.acknowledgedLint ?? [],
    enabled: true,
  }
}

export function toTrustChange(fields: ReadonlyMap<string, unknown>): TrustChange {
  const texts = { displayName: 'displayName', description: 'description', tokenLifetimeSeconds: 'tokenLifetimeSeconds' }
  return {
    ...pick(fields, texts),
    ...(fields.has('conditionExpression') ? { condition: textOf(fields.get('conditionExpression')) } : {}),
    ...pickLists(fields, TRUST_LISTS),
    ...(fields.has('capLifetimeToSubject')
      ? { capLifetimeToSubject: fields.get('capLifetimeToSubject') === true }
      : {}),
    ...(fields.has('disabled') ? { enabled: fields.get('disabled') !== true } : {}),
  }
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

export function fromServicePrincipal(principal: ServicePrincipal): object {
  return {
    id: principal.id,
    displayName: principal.displayName ?? principal.id,
    roleIds: principal.roleIds,
    disabled: !principal.enabled,
    ...times(principal),
  }
}

export function toServicePrincipalChange(fields: ReadonlyMap<string, unknown>) {
  return {
    ...pick(fields, { displayName: 'displayName' }),
    ...pickLists(fields, ['roleIds']),
    ...(fields.has('disabled') ? { enabled: fields.get('disabled') !== true } : {}),
  }
}

export function fromCredential(credential: Credential, names: { principal: string; audience: string }): object {
  return withoutUnset({
    id: credential.id,
    clientId: clientIdOf(credential.id, names.audience, 'spc'),
    servicePrincipalId: names.principal,
    displayName: credential.displayName ?? credential.id,
    scopedRoleIds: credential.scopedRoleIds,
    allowSourceCidrs: credential.allowSourceCidrs,
    requireDpop: credential.requireDpop,
    expiresAt: credential.expiresAt.toISOString(),
    lastUsedAt: credential.lastUsedAt?.toISOString(),
    createdAt: credential.createdAt.toISOString(),
  })
}

export function toCredentialDraft(body: Static<typeof CreateCredential>): CredentialDraft {
  return {
    displayName: body.displayName ?? null,
    lifetimeSeconds: body.expires ? secondsOf(body.expires) : null,
    scopedRoleIds: body.scopedRoles ?? [],
    allowSourceCidrs: body.allowSourceCidrs ?? [],
    requireDpop: body.requireDpop ?? false,
  }
}

export function toCredentialChange(fields: ReadonlyMap<string, unknown>) {
  return {
    ...pick(fields, { displayName: 'displayName' }),
    ...pickLists(fields, ['scopedRoleIds', 'allowSourceCidrs']),
  }
}

/** The schema has let only durations through. */
function secondsOf(duration: string): number {
  return Number.parseInt(duration, 10)
}
