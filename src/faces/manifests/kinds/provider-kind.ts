/** What the three kinds of providers share: lists, reading, removing, secrets. */
import { Type } from 'typebox'
import type { ProtocolName, Provider, ProviderUse } from '../../../registry/provider.ts'
import { providerFindings } from '../../../registry/provider-lint.ts'
import type { ProviderScope } from '../../../registry/provider-store.ts'
import { shownName } from '../../../registry/provider-view.ts'
import { getProvider, listProviders, removeProvider, updateProvider } from '../../../registry/providers.ts'
import type { Registry } from '../../../registry/registry.ts'
import type { FaceDeps } from '../../face.ts'
import type { Kind, KindAsk, KindWrite, Listed } from '../kind.ts'
import type { Manifest } from '../manifest.ts'
import { listed } from '../paging.ts'
import { conditionsOf, lintCondition } from '../status-conditions.ts'

/** What `status` says of every provider. */
export const LintStatus = {
  lint: Type.Optional(
    Type.Array(
      Type.Object(
        {
          rule: Type.String(),
          severity: Type.String({ enum: ['error', 'warning', 'info'] }),
          message: Type.String(),
        },
        { title: 'ProviderFinding' },
      ),
      { description: 'What lint says of it, the gravest first.' },
    ),
  ),
}
/** The same, where a provider can be tested. */
export const TestedStatus = {
  ...LintStatus,
  lastTestedAt: Type.Optional(Type.String({ format: 'date-time', description: 'The last test that succeeded.' })),
}

export interface ProviderKind {
  readonly use: ProviderUse
  readonly protocols: readonly ProtocolName[]
  readonly plural: string
  toDocument(at: Registry, provider: Provider): Manifest
}

export function scopeOf({ use, protocols }: ProviderKind): ProviderScope {
  // A provider without an issuer has nothing that these documents could name it by.
  return { use, protocols, hasIssuer: true }
}

export async function listProviderKind(kind: ProviderKind, deps: FaceDeps, ask: KindAsk): Promise<Listed> {
  const { registry, pageTokens } = deps
  return await listed(pageTokens, ask, {
    question: kind.plural,
    read: (page) => listProviders(registry, ask.caller.organisation, page, scopeOf(kind)),
    key: ({ uid }) => uid,
    labels: ({ labels }) => labels,
    show: (provider) => kind.toDocument(registry, provider),
  })
}

export async function findProvider(
  kind: ProviderKind,
  at: Registry,
  ask: KindAsk,
  name: string,
): Promise<Provider | null> {
  const provider = await at.stores.providers.get(ask.caller.organisation, name)
  const isSeen = provider?.use === kind.use && kind.protocols.includes(provider.protocol) && provider.issuer !== null
  return isSeen ? provider : null
}

/** Reading, removing and secrets of a kind; writing differs. */
export function providerBasics(kind: ProviderKind): Pick<Kind, 'list' | 'get'> & Pick<KindWrite, 'find' | 'remove'> {
  return {
    list: (deps, ask) => listProviderKind(kind, deps, ask),
    get: async ({ registry }, { caller }, name) =>
      kind.toDocument(registry, await getProvider(registry, caller.organisation, name, scopeOf(kind))),
    async find(at, ask, name) {
      const provider = await findProvider(kind, at, ask, name)
      return provider === null ? null : kind.toDocument(at, provider)
    },
    remove: (at, { actor }, name) => removeProvider(at, actor, scopeOf(kind), name),
  }
}

/** Conditions, and what lint found. */
export function lintedStatus(provider: Provider, now: Date) {
  const lint = providerFindings(provider)
  const conditions = [...conditionsOf(provider, now), ...lintCondition(lint, provider.updatedAt)]
  return { conditions, ...(lint.length === 0 ? {} : { lint }) }
}

/** The display name that a replacing document says; what is shown anyway, given or made of the id, is no change. */
export function changedName(before: Provider, given: string | undefined): string | null | undefined {
  return given === shownName(before) ? undefined : (given ?? null)
}

export function secretOf(kind: ProviderKind): Pick<KindWrite, 'putSecret'> {
  return {
    async putSecret(at, { actor, caller }, name, secret) {
      const provider = await getProvider(at, caller.organisation, name, scopeOf(kind))
      // There is none to take away where none is taken.
      if (secret === null && !Object.hasOwn(provider.secrets, 'clientSecret')) return
      await updateProvider(at, actor, caller, scopeOf(kind), name, { secrets: { clientSecret: secret } })
    },
  }
}

/**
 * What a replacing write says of a block of settings: given ones, null for those that are gone, and nothing for those
 * that are as they are shown (so that what was discovered or is a default stays that).
 */
export function replacedSettings(
  names: readonly string[],
  given: Readonly<Record<string, unknown>>,
  shown: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const changed: [string, unknown][] = []
  for (const name of names) {
    const [value, before] = [given[name] ?? null, shown[name] ?? null]
    if (JSON.stringify(value) !== JSON.stringify(before)) changed.push([name, value])
  }
  return Object.fromEntries(changed)
}
