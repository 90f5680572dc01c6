/** Use cases of providers. Faults of bad input are one `invalid` fault with all fields; the others are named at each function. */
import { type FieldFault, invalidFields, throwFields } from '../fault.ts'
import type { JsonObject } from '../json.ts'
import { createWithId } from './create-with-id.ts'
import type { ProviderChange, ProviderDraft } from './drafts.ts'
import { eventOf } from './event.ts'
import { registryFault } from './faults.ts'
import { textFaults } from './limits.ts'
import { isSame, merged, requireVersion } from './merge.ts'
import type { Provider, ProviderUse } from './provider.ts'
import { judgeWorkloadProvider } from './provider-rules.ts'
import type { PageRequest, ProviderFilter } from './provider-store.ts'
import type { Registry } from './registry.ts'
import type { Actor, RegistryWrite } from './stores.ts'

/**
 * Registers a workload provider: rules first, all faults together; then the upstream is asked; then one write.
 *
 * Faults: provider.id_taken, provider.issuer_taken, provider.discovery_failed, provider.issuer_differs, provider.bundle_invalid
 */
export async function createProvider(at: Registry, actor: Actor, draft: ProviderDraft): Promise<Provider> {
  const { faults, judged } = judgeWorkloadProvider(draft, at.protocols)
  if (judged === null) throw invalidFields(faults)
  const { known, protocol, issuer } = judged
  // Cheap, and spares the upstream a question whose answer could not be stored; the store judges again.
  if (await isIssuerTaken(at, actor.organisation, issuer)) throw issuerTaken()
  const typed = draft.issuer ?? issuer
  const asked = { use: draft.use, known: known.name, issuer: typed, settings: judged.settings }
  const probed = await at.protocols[protocol]?.probe?.(asked)
  const choice = {
    given: draft.id,
    displayName: draft.displayName,
    fallback: known.name.toLowerCase().replaceAll('_', '-'),
    takenCode: 'provider.id_taken',
    randomBytes: at.randomBytes,
  }
  return await createWithId(choice, async (id) => {
    const now = at.now()
    const provider: Provider = {
      uid: at.newUid(),
      id,
      organisation: actor.organisation,
      use: draft.use,
      protocol,
      displayName: draft.displayName,
      description: draft.description,
      enabled: draft.enabled,
      known: known.name,
      issuer,
      expectedIssuer: probed?.expectedIssuer ?? typed,
      settings: probed?.settings ?? judged.settings,
      secrets: {},
      domains: [],
      attributeMapping: {},
      condition: null,
      mappers: [],
      syncMode: null,
      labels: draft.labels ?? {},
      expiresAt: null,
      lastTestedAt: null,
      version: 1,
      createdAt: now,
      updatedAt: now,
    }
    await at.write(async (tx) => {
      await tx.providers.insert(provider)
      tx.audit(eventOf(actor, { kind: 'provider', verb: 'create', before: null, after: provider }))
    })
    return provider
  })
}

/** Faults: provider.unknown */
export async function getProvider(
  at: Registry,
  organisation: string,
  id: string,
  use?: ProviderUse,
): Promise<Provider> {
  const provider = await at.stores.providers.get(organisation, id)
  if (provider === null || (use !== undefined && provider.use !== use)) throw registryFault('provider.unknown')
  return provider
}

export function listProviders(
  at: Registry,
  organisation: string,
  page: PageRequest,
  filter: ProviderFilter,
): Promise<Provider[]> {
  return at.stores.providers.list(organisation, page, filter)
}

/**
 * Merges the change into the provider; settings that decide what the upstream would answer are asked about before saving.
 *
 * Faults: provider.unknown, provider.changed, provider.discovery_failed, provider.issuer_differs, provider.bundle_invalid
 */
export async function updateProvider(
  at: Registry,
  actor: Actor,
  use: ProviderUse,
  id: string,
  change: ProviderChange,
): Promise<Provider> {
  const before = await getProvider(at, actor.organisation, id, use)
  requireVersion(before, change.version, 'provider.changed')
  const settings = mergedSettings(at, before, change)
  const probed = settings.changed ? await probe(at, before, settings.value) : null
  const after = await at.write(async (tx) => {
    const latest = await latestOf(tx, before)
    requireVersion(latest, change.version, 'provider.changed')
    // The probe judged settings merged into the ones read before it: others in between would be overwritten unseen.
    if (probed !== null && JSON.stringify(latest.settings) !== JSON.stringify(before.settings)) {
      throw registryFault('provider.changed')
    }
    const { displayName, description, enabled, labels } = change
    const part = { displayName, description, enabled, labels, ...(probed === null ? {} : probed) } as Partial<Provider>
    const next = merged(latest, part, at.now())
    if (isSame(latest, next)) return latest
    if (!(await tx.providers.update(next))) throw registryFault('provider.changed')
    tx.audit(eventOf(actor, { kind: 'provider', verb: 'update', before: latest, after: next }))
    return next
  })
  at.protocols[after.protocol]?.forget?.(after.uid)
  return after
}

/** Faults: provider.unknown, provider.has_trusts (its fields name them) */
export async function removeProvider(at: Registry, actor: Actor, use: ProviderUse, id: string): Promise<void> {
  const before = await getProvider(at, actor.organisation, id, use)
  await at.write(async (tx) => {
    const latest = await latestOf(tx, before)
    const trusts = await tx.trusts.list(actor.organisation, { limit: TRUSTS_SHOWN }, { provider: latest.uid })
    if (trusts.length > 0) throw hasTrusts(trusts.map((trust) => trust.cutename))
    if (!(await tx.providers.remove(latest.uid))) throw registryFault('provider.unknown')
    tx.audit(eventOf(actor, { kind: 'provider', verb: 'remove', before: latest, after: null }))
  })
  at.protocols[before.protocol]?.forget?.(before.uid)
}

/** Enough to act on; a provider with more trusts is not removed by accident anyway. */
const TRUSTS_SHOWN = 20

function hasTrusts(cutenames: readonly string[]) {
  const fields = cutenames.map((name) => ({
    path: 'trusts',
    code: 'provider.has_trusts',
    message: `${name} uses this provider`,
  }))
  const message = `Trusts still use this provider: ${cutenames.join(', ')}${cutenames.length === TRUSTS_SHOWN ? ', …' : ''}.`
  return registryFault('provider.has_trusts', { message, fields })
}

async function latestOf(tx: RegistryWrite, provider: Provider): Promise<Provider> {
  const latest = await tx.providers.getByUid(provider.uid)
  if (latest === null) throw registryFault('provider.unknown')
  return latest
}

async function isIssuerTaken(at: Registry, organisation: string, issuer: string): Promise<boolean> {
  return (await at.stores.providers.getByIssuer(organisation, issuer)) !== null
}

function issuerTaken() {
  const code = 'provider.issuer_taken'
  const message = 'is the issuer of another workload provider of the organisation'
  return registryFault(code, { fields: [{ path: 'issuer', code, message }] })
}

/** The stored settings with the given keys replaced and null ones cleared, judged by the protocol. */
function mergedSettings(
  at: Registry,
  provider: Provider,
  change: ProviderChange,
): { value: JsonObject; changed: boolean } {
  const faults: FieldFault[] = textFaults(change)
  let value = provider.settings
  for (const [protocol, given] of Object.entries(change.settings ?? {})) {
    if (protocol !== provider.protocol) {
      const message = `does not go with this provider; use ${provider.protocol}`
      faults.push({ path: protocol, code: 'provider.settings_contradict', message })
      continue
    }
    // What discovery wrote is not a caller's to keep: it is found again.
    const { jwksUri: _found, ...own } = value
    const next = Object.fromEntries(Object.entries({ ...own, ...given }).filter(([, setting]) => setting !== null))
    const parsed = at.protocols[provider.protocol]?.parseSettings(provider.use, next)
    faults.push(...(parsed?.faults ?? []))
    value = parsed?.settings ?? next
  }
  throwFields(faults)
  const { jwksUri: _before, ...stored } = provider.settings
  const { jwksUri: _after, ...wanted } = value
  return { value, changed: JSON.stringify(sorted(stored)) !== JSON.stringify(sorted(wanted)) }
}

function sorted(settings: JsonObject): [string, unknown][] {
  return Object.entries(settings).sort(([a], [b]) => (a < b ? -1 : 1))
}

async function probe(
  at: Registry,
  provider: Provider,
  settings: JsonObject,
): Promise<Pick<Provider, 'settings' | 'expectedIssuer'>> {
  const issuer = provider.expectedIssuer ?? provider.issuer ?? ''
  const probed = await at.protocols[provider.protocol]?.probe?.({
    use: provider.use,
    known: provider.known,
    issuer,
    settings,
  })
  return { settings: probed?.settings ?? settings, expectedIssuer: probed?.expectedIssuer ?? provider.expectedIssuer }
}
