/** What a change makes of a provider, judged as a whole, with the upstream asked where its answer counts. */
import { type FieldFault, throwFields } from '../fault.ts'
import type { JsonObject } from '../json.ts'
import type { ProviderChange } from './drafts.ts'
import { fieldFault, registryFault } from './faults.ts'
import { identitySource } from './known/identity/index.ts'
import type { Provider } from './provider.ts'
import { sealedSecrets, secretFaults, sendAgainFaults } from './provider-secrets.ts'
import { mergeSettings } from './provider-settings.ts'
import { DISCOVERY_PATH } from './provider-view.ts'
import type { Registry } from './registry.ts'
import { issuerOfTenant, kindOf } from './step-up-rules.ts'
import type { RegistryStores } from './stores.ts'
import { givenText, labelFaults, nameFaults } from './texts.ts'
import { judgeWorkforceFields } from './workforce-fields.ts'
import { contradictions, judgeIssuer, templateOf, UNSPECIFIED } from './workforce-rules.ts'

export type ProviderPart = { -readonly [K in keyof Provider]?: Provider[K] | undefined }

const WORKFORCE_FIELDS = [
  'domains',
  'attributeMapping',
  'condition',
  'mappers',
  'syncMode',
  'firstLogin',
  'examples',
  'allowedScopes',
  'expiresAt',
] as const

/**
 * The members that change, or every fault at once.
 *
 * Faults: request.invalid, secret.send_again, provider.issuer_linked, and the protocol's as at createProvider
 */
export async function changedPart(at: Registry, seen: Provider, change: ProviderChange): Promise<ProviderPart> {
  const { faults, settings, asksUpstream } = mergeSettings(at.protocols, seen, change)
  faults.unshift(...nameFaults(change), ...labelFaults(change.labels))
  const part: ProviderPart = { enabled: change.enabled, labels: change.labels }
  if (change.displayName !== undefined) part.displayName = givenText(change.displayName)
  if (change.description !== undefined) part.description = givenText(change.description)
  if (seen.use === 'workload') faults.push(...workloadFaults(change))
  else addPeopleFields(at, seen, change, part, faults)
  const next = settings ?? seen.settings
  const issuer = seen.use === 'workload' ? null : changedIssuer(at, seen, change, next, faults)
  if (seen.use === 'step-up') {
    const kind = kindOf(next)
    if (kind === null)
      faults.push(fieldFault('step_up.settings_missing', 'oidc.oauth2', 'or microsoft is required, and not both'))
    else part.known = kind
  }
  if (seen.use === 'workforce') {
    const source = identitySource(part.known ?? seen.known)
    faults.push(...contradictions(source, issuer?.typed ?? seen.issuer, seen.protocol, next))
  }
  faults.push(...secretFaults(at.protocols, seen.protocol, change.secrets))
  const kept = { ...next, ...(seen.settings.discovered === undefined ? {} : { discovered: seen.settings.discovered }) }
  const after = { issuer: issuer?.normalised ?? seen.issuer, settings: kept, protocol: seen.protocol }
  throwFields(faults)
  await requireSameIssuer(at.stores, seen, after)
  throwFields(sendAgainFaults(seen, after, change.secrets))
  if (change.secrets !== undefined) part.secrets = sealedSecrets(at.sealer, seen, change.secrets)
  if (issuer !== null) part.issuer = issuer.normalised
  if (settings !== null) part.settings = settings
  if (!asksUpstream && issuer === null) return part
  await askUpstream(at, seen, part, issuer?.typed ?? null)
  throwFields(sendAgainFaults(seen, { ...seen, ...defined(part) }, change.secrets))
  return part
}

/**
 * What one issuer calls a person says nothing about whom another one calls so: with people linked, the issuer stays. A SAML
 * provider that took any may still be held to one.
 *
 * Source: CONTRACT.md section 4. Faults: provider.issuer_linked
 */
export async function requireSameIssuer(
  { persons }: Pick<RegistryStores, 'persons'>,
  before: Provider,
  after: Pick<Provider, 'issuer'>,
): Promise<void> {
  if (before.issuer === null || before.issuer === after.issuer) return
  if ((await persons.countLinks(before.uid)) === 0) return
  const fields = [
    fieldFault('provider.issuer_linked', 'issuer', 'cannot change while people are linked to the provider'),
  ]
  throw registryFault('provider.issuer_linked', { fields })
}

/** Fills the part with what the upstream says. */
async function askUpstream(at: Registry, seen: Provider, part: ProviderPart, typed: string | null): Promise<void> {
  const known = part.known ?? seen.known
  const request = {
    use: seen.use,
    known,
    issuer: typed ?? seen.expectedIssuer ?? seen.issuer ?? '',
    settings: withoutFound(part.settings ?? seen.settings),
    ...templateOf(seen.use === 'workforce' ? identitySource(known) : null, part.issuer ?? seen.issuer, seen.protocol),
  }
  const probed = await at.protocols[seen.protocol]?.probe?.(request)
  if (probed === undefined) return
  part.settings = probed.settings
  part.expectedIssuer = probed.expectedIssuer === '' ? null : probed.expectedIssuer
  if (seen.protocol === 'saml') part.issuer = part.expectedIssuer
}

function withoutFound({ discovered: _, jwksUri: __, ...given }: JsonObject): JsonObject {
  return given
}

function defined(part: ProviderPart): Partial<Provider> {
  // Only defined members are left.
  return Object.fromEntries(Object.entries(part).filter(([, value]) => value !== undefined)) as Partial<Provider>
}

function workloadFaults(change: ProviderChange): FieldFault[] {
  const faults: FieldFault[] = []
  if (change.issuer !== undefined) {
    faults.push(fieldFault('provider.issuer_immutable', 'issuer', 'cannot change for a workload provider'))
  }
  if (change.known !== undefined) {
    faults.push(fieldFault('provider.issuer_immutable', 'known', 'cannot change for a workload provider'))
  }
  for (const name of WORKFORCE_FIELDS) {
    if (change[name] === undefined) continue
    faults.push(fieldFault('provider.field_unsupported', name, 'is not a field of workload providers'))
  }
  return faults
}

function addPeopleFields(
  at: Registry,
  seen: Provider,
  change: ProviderChange,
  part: ProviderPart,
  faults: FieldFault[],
) {
  const judged = judgeWorkforceFields({ fields: change, protocol: seen.protocol, before: seen, newUid: at.newUid })
  Object.assign(part, judged.part)
  faults.push(...judged.faults)
  if (change.known === undefined || seen.use !== 'workforce') return
  const known = change.known === null || change.known === '' ? UNSPECIFIED : change.known
  const source = identitySource(known)
  if (known !== UNSPECIFIED && source === null) {
    faults.push(fieldFault('provider.known_unknown', 'known', 'is not the name of a known source'))
  } else if (source !== null && !source.protocols.includes(seen.protocol)) {
    const message = `has ${source.protocols.join(' or ')} settings, this provider has ${seen.protocol}`
    faults.push(fieldFault('provider.settings_contradict', 'known', message))
  } else if (source === null && seen.protocol === 'oauth2') {
    faults.push(fieldFault('provider.settings_contradict', 'known', 'must stay a known source: GitHub is the one'))
  }
  part.known = known
}

/** The new issuer: given, or what the new discovery URL or tenant implies; null when it stays. */
function changedIssuer(at: Registry, seen: Provider, change: ProviderChange, next: JsonObject, faults: FieldFault[]) {
  if (seen.protocol !== 'oidc') {
    if (change.issuer !== undefined) {
      faults.push(fieldFault('provider.field_unsupported', 'issuer', `is not a field of ${seen.protocol} providers`))
    }
    return null
  }
  const given = change.issuer ?? impliedIssuer(seen, next)
  if (given === null) return null
  const source = seen.use === 'step-up' ? microsoftOf(next) : identitySource(change.known ?? seen.known)
  const issuer = judgeIssuer(given, next, source, at, faults)
  return issuer === null || issuer.normalised === seen.issuer ? null : issuer
}

function impliedIssuer(seen: Provider, next: JsonObject): string | null {
  const { discoveryUrl } = next
  if (typeof discoveryUrl === 'string' && discoveryUrl !== seen.settings.discoveryUrl) {
    return discoveryUrl.endsWith(DISCOVERY_PATH) ? discoveryUrl.slice(0, -DISCOVERY_PATH.length) : null
  }
  // A tenant from which the issuer was derived takes it along.
  const before = issuerOfTenant(seen.settings)
  const after = issuerOfTenant(next)
  return before !== null && after !== null && before !== after && before.toLowerCase() === seen.issuer ? after : null
}

function microsoftOf(settings: JsonObject) {
  return kindOf(settings) === 'MICROSOFT' ? { name: 'ENTRA_ID', issuer: null } : null
}
