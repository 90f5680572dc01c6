/** Operations on providers. Source: docs/sources/iam-providers.txt; list, PATCH and DELETE by the API's conventions. */
import type { Static } from 'typebox'
import { throwFields } from '../../fault.ts'
import type { Provider } from '../../registry/provider.ts'
import { countProviders } from '../../registry/provider-count.ts'
import type { ProviderFilter, ProviderScope } from '../../registry/provider-store.ts'
import { createProvider, getProvider, listProviders, removeProvider } from '../../registry/providers.ts'
import { isPlainText } from '../../registry/texts.ts'
import type { FaceDeps } from '../face.ts'
import { updateUnraced } from '../unraced-update.ts'
import { type Ask, type Operation, operation, operationWithBody } from './operation.ts'
import { readPage } from './paging.ts'
import { toDomainChange, toUnprovedAgain } from './tenant-domain.ts'
import { fromProvider, readOnlyFaults, toProviderChange, toProviderDraft } from './translate.ts'
import * as wire from './wire.ts'

/** OpenID Connect only, and nothing without an issuer. Source: the page; CONTRACT.md section 3. */
const SCOPE: ProviderScope = { use: 'workforce', protocols: ['oidc'], hasIssuer: true }
const ONE = `${wire.PROVIDERS}/:id`

export const providerOperations: readonly Operation[] = [
  operation(
    {
      id: 'listIdentityProviders',
      summary: 'List identity providers',
      method: 'GET',
      url: wire.PROVIDERS,
      role: 'viewer',
      scoped: true,
      query: wire.ListProvidersQuery,
      status: 200,
      answer: wire.listOf('providers', wire.Provider),
    },
    async ({ registry, pageTokens }, { caller: { organisation }, query }) => {
      const filter = filterOf(query)
      const question = `iam providers by ${JSON.stringify(filter)}`
      const page = await readPage(
        query,
        { tokens: pageTokens, organisation, question },
        {
          list: async (page) => (filter === null ? [] : await listProviders(registry, organisation, page, filter)),
          count: async () => (filter === null ? 0 : await countProviders(registry, organisation, filter)),
        },
      )
      return { providers: page.records.map(fromProvider), ...page.numbers }
    },
  ),
  operationWithBody(
    {
      id: 'createIdentityProvider',
      summary: 'Create identity provider; its discovery document is read before anything is stored',
      method: 'POST',
      url: wire.PROVIDERS,
      role: 'admin',
      scoped: true,
      query: wire.ScopedQuery,
      body: wire.CreateProvider,
      status: 201,
      answer: wire.Provider,
    },
    async ({ registry }, { actor, caller, body }) =>
      fromProvider(await createProvider(registry, actor, toProviderDraft(body, caller.operator))),
  ),
  operation(
    {
      id: 'getIdentityProvider',
      summary: 'Retrieve identity provider details',
      method: 'GET',
      url: ONE,
      role: 'viewer',
      scoped: true,
      query: wire.ScopedQuery,
      status: 200,
      answer: wire.Provider,
    },
    async ({ registry }, { caller, id }) => fromProvider(await getProvider(registry, caller.organisation, id, SCOPE)),
  ),
  operationWithBody(
    {
      id: 'updateIdentityProvider',
      summary: 'Update identity provider; absent fields stay as they are',
      method: 'PATCH',
      url: ONE,
      role: 'admin',
      scoped: true,
      query: wire.ScopedQuery,
      body: wire.UpdateProvider,
      status: 200,
      answer: wire.Provider,
    },
    async (deps, ask) => fromProvider(await patchProvider(deps, ask)),
  ),
  operation(
    {
      id: 'deleteIdentityProvider',
      summary: 'Delete identity provider',
      method: 'DELETE',
      url: ONE,
      role: 'admin',
      scoped: true,
      query: wire.ScopedQuery,
      status: 204,
      answer: null,
    },
    async ({ registry }, { actor, id }) => {
      await removeProvider(registry, actor, SCOPE, id)
      return null
    },
  ),
  operation(
    {
      id: 'testIdentityProvider',
      summary: 'Begin a test sign-in, also while the provider is off: nobody is signed in and nothing is changed',
      method: 'POST',
      url: `${ONE}/test`,
      role: 'admin',
      scoped: true,
      query: wire.ScopedQuery,
      status: 200,
      answer: wire.TestAnswer,
    },
    async ({ registry, beginTest }, { caller, id }) => ({
      redirectUrl: beginTest(await getProvider(registry, caller.organisation, id, SCOPE)),
    }),
  ),
]

/** Null where no provider can be meant: no stored text has such characters. */
function filterOf({ filter, enabled }: Static<typeof wire.ListProvidersQuery>): ProviderFilter | null {
  if (filter !== undefined && !isPlainText(filter)) return null
  return {
    ...SCOPE,
    ...(filter === undefined || filter === '' ? {} : { search: filter }),
    ...(enabled === undefined ? {} : { enabled: enabled === 'true' }),
  }
}

type Patch = Ask<unknown, Static<typeof wire.UpdateProvider>>

async function patchProvider(deps: FaceDeps, ask: Patch): Promise<Provider> {
  const { body, caller } = ask
  let unproved: readonly string[] = []
  // Compared once: a write in between moves `updatedAt`, which is nobody's fault.
  throwFields(readOnlyFaults(body, fromProvider(await seenBy(deps, ask))))
  const updated = { actor: ask.actor, grantor: caller, scope: SCOPE, id: ask.id }
  const changed = await updateUnraced(deps.registry, updated, (seen) => {
    const change = toProviderChange(body, seen)
    const domains = body.tenantDomain === undefined ? null : toDomainChange(seen, body.tenantDomain, caller.operator)
    unproved = domains?.unproved ?? []
    return domains === null ? change : { ...change, ...domains.change }
  })
  if (unproved.length === 0) return changed
  return await updateUnraced(deps.registry, updated, (seen) => toUnprovedAgain(seen, unproved) ?? {})
}

function seenBy({ registry }: FaceDeps, { caller, id }: Patch): Promise<Provider> {
  return getProvider(registry, caller.organisation, id, SCOPE)
}
