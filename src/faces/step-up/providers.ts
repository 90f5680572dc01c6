/** Operations on providers. Source: docs/sources/step-up.txt, StepUpProviderService. */
import type { Static } from 'typebox'
import { isId } from '../../registry/names.ts'
import type { ProviderFilter } from '../../registry/provider-store.ts'
import { createProvider, getProvider, listProviders, removeProvider, updateProvider } from '../../registry/providers.ts'
import { createStepUpTest, stepUpUrlOf } from '../../registry/step-up-transactions.ts'
import { isPlainText } from '../../registry/texts.ts'
import { operation, operationWithBody } from '../google-rpc/operation.ts'
import { readPage, readPageQuery } from '../google-rpc/paging.ts'
import { answerOf, Empty, listOf } from '../google-rpc/schema.ts'
import { toProviderChange } from './provider-change.ts'
import { fromProvider, toProviderDraft } from './translate.ts'
import * as wire from './wire.ts'

const SERVICE = 'c1.api.stepup.v1.StepUpProviderService'
const PROVIDERS = '/api/v1/step-up/providers'
const SCOPE = { use: 'step-up' } as const
const answer = answerOf('stepUpProvider', wire.Provider)

export const providerOperations = [
  operation(
    {
      id: `${SERVICE}.List`,
      summary: 'List step-up providers',
      method: 'GET',
      url: PROVIDERS,
      role: 'viewer',
      paged: true,
      answer: listOf(wire.Provider),
    },
    async ({ registry, pageTokens }, { caller: { organisation }, query }) => {
      const at = { tokens: pageTokens, organisation, question: 'step-up providers' }
      const page = await readPage(readPageQuery(query), at, (page) =>
        listProviders(registry, organisation, page, SCOPE),
      )
      return { list: page.records.map(fromProvider), nextPageToken: page.nextPageToken }
    },
  ),
  operationWithBody(
    {
      id: `${SERVICE}.Create`,
      summary: 'Create a step-up provider; its issuer is asked before anything is stored',
      method: 'POST',
      url: PROVIDERS,
      role: 'admin',
      body: wire.CreateProvider,
      answer,
    },
    async ({ registry }, { actor, body }) => ({
      stepUpProvider: fromProvider(await createProvider(registry, actor, toProviderDraft(body))),
    }),
  ),
  operation(
    {
      id: `${SERVICE}.Get`,
      summary: 'Get a step-up provider',
      method: 'GET',
      url: `${PROVIDERS}/:id`,
      role: 'viewer',
      answer,
    },
    async ({ registry }, { caller, params }) => ({
      stepUpProvider: fromProvider(await getProvider(registry, caller.organisation, params.id ?? '', SCOPE)),
    }),
  ),
  operationWithBody(
    {
      id: `${SERVICE}.Update`,
      summary: 'Update a step-up provider',
      // Sic: this service updates by POST on the object.
      method: 'POST',
      url: `${PROVIDERS}/:id`,
      role: 'admin',
      body: wire.UpdateProvider,
      spelling: { wrapped: 'stepUpProvider', beside: ['clientSecret'] },
      answer,
    },
    async ({ registry }, { actor, caller, params, body }) => {
      const change = toProviderChange(body)
      return {
        stepUpProvider: fromProvider(await updateProvider(registry, actor, caller, SCOPE, params.id ?? '', change)),
      }
    },
  ),
  operation(
    {
      id: `${SERVICE}.Delete`,
      summary: 'Delete a step-up provider with its transactions',
      method: 'DELETE',
      url: `${PROVIDERS}/:id`,
      role: 'admin',
      answer: Empty,
    },
    async ({ registry }, { actor, params }) => {
      await removeProvider(registry, actor, SCOPE, params.id ?? '')
      return {}
    },
  ),
  operationWithBody(
    {
      id: `${SERVICE}.UpdateSecret`,
      summary: 'Replace the client secret',
      method: 'POST',
      url: `${PROVIDERS}/:id/secret`,
      role: 'admin',
      body: wire.UpdateSecret,
      answer: Empty,
    },
    async ({ registry }, { actor, caller, params, body }) => {
      // Unset is as wrong as empty: nobody means to run a provider without the secret it had.
      const change = { secrets: { clientSecret: body.clientSecret ?? '' } }
      await updateProvider(registry, actor, caller, SCOPE, params.id ?? '', change)
      return {}
    },
  ),
  operation(
    {
      id: `${SERVICE}.Test`,
      summary: 'Begin a test: the first browser that opens the redirect URL takes it',
      method: 'POST',
      url: `${PROVIDERS}/:id/test`,
      role: 'admin',
      answer: wire.TestAnswer,
    },
    async ({ registry }, { actor, caller, params }) => {
      const provider = await getProvider(registry, caller.organisation, params.id ?? '', SCOPE)
      const test = await createStepUpTest(registry, actor, provider)
      return { redirectUrl: stepUpUrlOf(registry.publicUrl, test) }
    },
  ),
  operationWithBody(
    {
      id: `${SERVICE}.Search`,
      summary: 'Search step-up providers',
      method: 'POST',
      url: '/api/v1/search/step-up/providers',
      role: 'viewer',
      body: wire.SearchProviders,
      isBodyOptional: true,
      answer: listOf(wire.Provider),
    },
    async ({ registry, pageTokens }, { caller: { organisation }, body }) => {
      const filter = filterOf(body)
      const at = { tokens: pageTokens, organisation, question: `step-up providers by ${JSON.stringify(filter)}` }
      const page = await readPage(body, at, async (page) =>
        filter === null ? [] : await listProviders(registry, organisation, page, filter),
      )
      return { list: page.records.map(fromProvider), nextPageToken: page.nextPageToken }
    },
  ),
]

/** Null where no provider can be meant. */
function filterOf({ query, refs, providerType }: Static<typeof wire.SearchProviders>): ProviderFilter | null {
  const ids = refs?.flatMap(({ id }) => (typeof id === 'string' && isId(id) ? [id] : [])) ?? []
  if ((refs?.length ?? 0) > 0 && ids.length === 0) return null
  if (query && !isPlainText(query)) return null
  const known = providerType?.slice(wire.TYPE_PREFIX.length) ?? 'UNSPECIFIED'
  return {
    ...SCOPE,
    ...(query ? { search: query } : {}),
    ...(ids.length > 0 ? { ids } : {}),
    ...(known === 'UNSPECIFIED' ? {} : { known }),
  }
}
