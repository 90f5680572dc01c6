/**
 * Reads again what providers publish of themselves (SAML metadata at their URL): certificates are rolled over without anybody
 * touching the provider, and the audit has what changed. A document that is bad, or about another entity, replaces nothing.
 *
 * Source: SAML 2.0 Metadata §2.2; threats.md section 4.
 */
import { Fault } from '../fault.ts'
import type { Json, JsonObject } from '../json.ts'
import { eventOf } from './event.ts'
import { everyItem } from './paging.ts'
import type { Provider } from './provider.ts'
import type { Registry } from './registry.ts'
import type { Actor } from './stores.ts'
import { write } from './write.ts'

/** `refused`: the document is about another entity. */
export type Refreshed = 'unchanged' | 'changed' | 'failed' | 'refused'

export interface Refresher {
  /** Every enabled provider whose metadata have a URL, one after the other; of all processes that ask in an hour, one does it. */
  hourly(): Promise<void>
  /** One provider whose signature was by a key that nobody knows here: its metadata may be newer. Once a minute. */
  soon(organisation: string, id: string): Promise<void>
}

export interface RefresherOptions {
  readonly registry: Registry
  /** True for exactly one caller for the scope and key until the moment, in any process. */
  readonly takeOnce: (scope: string, key: string, until: Date, now: Date) => Promise<boolean>
  readonly onOutcome: (provider: Provider, outcome: Refreshed, error: unknown) => void
}

/** A certificate that a provider publishes a day ahead is known in time. */
const HOUR_MS = 3_600_000
/** Whoever sends forged answers must not make us ask more often. */
const MINUTE_MS = 60_000

export function createRefresher({ registry, takeOnce, onOutcome }: RefresherOptions): Refresher {
  const isFirst = async (scope: string, key: string, length: number) => {
    const now = registry.now()
    const period = Math.floor(now.getTime() / length)
    return await takeOnce(scope, `${key} ${period}`, new Date((period + 2) * length), now)
  }
  const refresh = async (provider: Provider) => {
    if (typeof provider.settings.metadataUrl !== 'string') return
    const { outcome, error } = await refreshOne(registry, provider)
    onOutcome(provider, outcome, error)
  }
  return {
    async hourly() {
      if (!(await isFirst('refresh-upstreams', 'all', HOUR_MS))) return
      const filter = { use: 'workforce', protocols: ['saml'], enabled: true } as const
      for (const { id } of await everyItem((page) => registry.stores.organisations.list(page))) {
        const providers = await everyItem((page) => registry.stores.providers.list(id, page, filter))
        // One that fails in a way nobody thought of does not keep the others from theirs.
        for (const provider of providers)
          await refresh(provider).catch((error: unknown) => onOutcome(provider, 'failed', error))
      }
    },
    async soon(organisation, id) {
      const provider = await registry.stores.providers.get(organisation, id)
      if (provider?.protocol !== 'saml' || !(await isFirst('refresh-upstream', provider.uid, MINUTE_MS))) return
      await refresh(provider)
    },
  }
}

/** Asks one provider again and stores what differs; a failure is noted, and taken back by the next success. */
export async function refreshOne(
  at: Registry,
  seen: Provider,
): Promise<{ readonly outcome: Refreshed; readonly error: unknown }> {
  const { discovered: before, ...given } = seen.settings
  const request = { use: seen.use, known: seen.known, issuer: seen.expectedIssuer ?? '', settings: given }
  let found: JsonObject
  try {
    const probed = await at.protocols[seen.protocol]?.probe?.(request)
    if (probed === undefined || !isObject(probed.settings.discovered)) return { outcome: 'unchanged', error: null }
    if (probed.expectedIssuer !== seen.expectedIssuer) {
      await note(at, seen, 'another entity')
      return { outcome: 'refused', error: null }
    }
    found = probed.settings.discovered
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    await note(at, seen, error.code)
    return { outcome: error.code === 'saml.entity_differs' ? 'refused' : 'failed', error }
  }
  if (isAlike(before, found)) return { outcome: 'unchanged', error: null }
  await store(at, seen, found)
  return { outcome: 'changed', error: null }
}

/** Once: what goes on failing is one failure. */
async function note(at: Registry, { uid, settings }: Provider, reason: string): Promise<void> {
  const before = isObject(settings.discovered) ? settings.discovered : {}
  if (Object(before.refreshFailed).reason === reason) return
  const refreshFailed = { since: at.now().toISOString(), reason }
  await store(at, { uid, settings }, { ...before, refreshFailed })
}

/** The record as it is now: whoever changed the settings meanwhile had the provider asked anew. */
async function store(
  at: Registry,
  { uid, settings }: Pick<Provider, 'uid' | 'settings'>,
  discovered: JsonObject,
): Promise<void> {
  await write(at, async (tx) => {
    const now = await tx.providers.getByUid(uid)
    if (now === null || !isAlike(now.settings, settings)) return
    const after = {
      ...now,
      settings: { ...now.settings, discovered },
      version: now.version + 1,
      updatedAt: at.now(),
    }
    if (!(await tx.providers.update(after))) return
    const { organisation } = now
    const actor: Actor = { organisation, subject: 'system', requestId: null }
    tx.audit({
      ...eventOf(actor, { kind: 'provider', verb: 'update', before: now, after }),
      action: 'provider.refresh',
    })
  })
}

/** Both were written by the same hand, member by member. */
function isAlike(one: Json | undefined, other: Json): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
