/** Operations on providers. Source: docs/sources/identity-providers.txt; CONTRACT.md section 3 for those beyond create. */
import type { ProviderChange } from '../../registry/drafts.ts'
import type { Provider } from '../../registry/provider.ts'
import { countProviders } from '../../registry/provider-count.ts'
import type { ProviderScope } from '../../registry/provider-store.ts'
import { createProvider, getProvider, listProviders, removeProvider } from '../../registry/providers.ts'
import type { FaceDeps } from '../face.ts'
import { faceFault } from '../faults.ts'
import { updateUnraced } from '../unraced-update.ts'
import { type Ask, type Operation, operation, operationWithBody } from './operation.ts'
import { filterOf, readPageAsk } from './paging.ts'
import { toMerge, toReplacement } from './provider-change.ts'
import { fromProvider, toProviderDraft } from './translate.ts'
import * as wire from './wire.ts'

/** Whatever people sign in with. */
export const SCOPE: ProviderScope = { use: 'workforce' }
const ONE = `${wire.ROOT}/:alias`

export const providerOperations: readonly Operation[] = [
  operation(
    {
      id: 'list_identity_providers',
      summary: 'List identity providers',
      method: 'GET',
      url: wire.ROOT,
      role: 'viewer',
      query: wire.ListQuery,
      status: 200,
      answer: wire.listOf(wire.Provider),
    },
    async ({ registry }, { caller: { organisation }, query }) => {
      const { offset, limit } = readPageAsk(query)
      const filter = filterOf(SCOPE, query.search)
      if (filter === null) return { items: [], total: 0 }
      const [items, total] = await Promise.all([
        limit === 0 ? [] : listProviders(registry, organisation, { limit, offset }, filter),
        countProviders(registry, organisation, filter),
      ])
      return { items: items.map(fromProvider), total }
    },
  ),
  operationWithBody(
    {
      id: 'create_identity_provider',
      summary: 'Create identity provider; its issuer or metadata are asked before anything is stored',
      method: 'POST',
      url: wire.ROOT,
      role: 'admin',
      query: wire.NoQuery,
      body: wire.CreateProvider,
      status: 201,
      answer: wire.Provider,
    },
    async ({ registry }, { actor, caller, body }) =>
      fromProvider(await createProvider(registry, actor, toProviderDraft(body, caller.operator))),
  ),
  operation(
    {
      id: 'get_identity_provider',
      summary: 'Get identity provider',
      method: 'GET',
      url: ONE,
      role: 'viewer',
      query: wire.NoQuery,
      status: 200,
      answer: wire.Provider,
    },
    async ({ registry }, { caller, alias }) =>
      fromProvider(await getProvider(registry, caller.organisation, alias, SCOPE)),
  ),
  operationWithBody(
    {
      id: 'replace_identity_provider',
      summary: 'Replace identity provider; an absent or masked secret stays if it goes where it went',
      method: 'PUT',
      url: ONE,
      role: 'admin',
      query: wire.NoQuery,
      body: wire.ReplaceProvider,
      status: 200,
      answer: wire.Provider,
    },
    (deps, ask) => update(deps, ask, (seen) => toReplacement(ask.body, seen, ask.caller.operator)),
  ),
  operationWithBody(
    {
      id: 'update_identity_provider',
      summary: 'Update identity provider; absent fields stay as they are',
      method: 'PATCH',
      url: ONE,
      role: 'admin',
      query: wire.NoQuery,
      body: wire.ChangeProvider,
      status: 200,
      answer: wire.Provider,
    },
    (deps, ask) => update(deps, ask, (seen) => toMerge(ask.body, seen, ask.caller.operator)),
  ),
  operation(
    {
      id: 'delete_identity_provider',
      summary: 'Delete identity provider with its mappers',
      method: 'DELETE',
      url: ONE,
      role: 'admin',
      query: wire.NoQuery,
      status: 204,
      answer: null,
    },
    async ({ registry }, { actor, alias }) => {
      await removeProvider(registry, actor, SCOPE, alias)
      return null
    },
  ),
  switchTo(true),
  switchTo(false),
  operation(
    {
      id: 'test_identity_provider',
      summary: 'Begin a test sign-in, also while the provider is off: nobody is signed in and nothing is changed',
      method: 'POST',
      url: `${ONE}/test`,
      role: 'admin',
      query: wire.NoQuery,
      status: 200,
      answer: wire.TestAnswer,
    },
    async ({ registry, beginTest }, { caller, alias }) => ({
      redirect_url: beginTest(await getProvider(registry, caller.organisation, alias, SCOPE)),
    }),
  ),
  operation(
    {
      id: 'export_identity_provider',
      summary: 'Our SAML metadata, for the administrator of the provider',
      method: 'GET',
      url: `${ONE}/export`,
      role: 'viewer',
      query: wire.ExportQuery,
      status: 200,
      answer: 'xml',
    },
    async ({ registry, samlMetadata }, { caller, alias }) => {
      const provider = await getProvider(registry, caller.organisation, alias, SCOPE)
      if (provider.protocol !== 'saml') throw faceFault('export.saml_only')
      return await samlMetadata(provider)
    },
  ),
]

function switchTo(enabled: boolean): Operation {
  const verb = enabled ? 'enable' : 'disable'
  return operation(
    {
      id: `${verb}_identity_provider`,
      summary: enabled ? 'Enable identity provider' : 'Disable identity provider: nobody comes in through it any more',
      method: 'POST',
      url: `${ONE}/${verb}`,
      role: 'admin',
      query: wire.NoQuery,
      status: 200,
      answer: wire.Provider,
    },
    (deps, ask) => update(deps, ask, () => ({ enabled })),
  )
}

async function update(
  { registry }: FaceDeps,
  { actor, caller, alias }: Ask<unknown, unknown>,
  changeOf: (seen: Provider) => ProviderChange,
): Promise<object> {
  return fromProvider(await updateUnraced(registry, { actor, grantor: caller, scope: SCOPE, id: alias }, changeOf))
}
