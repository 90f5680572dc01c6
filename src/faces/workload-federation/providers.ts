/** Operations on providers. Source: docs/sources/workload-federation.txt, WorkloadFederationService. */
import { createProvider, getProvider, listProviders, removeProvider, updateProvider } from '../../registry/providers.ts'
import { operation, operationWithBody } from '../google-rpc/operation.ts'
import { readPage, readPageQuery } from '../google-rpc/paging.ts'
import { answerOf, Empty, listOf } from '../google-rpc/schema.ts'
import { withoutUnset } from '../google-rpc/unset.ts'
import { maskedFields } from '../google-rpc/update-mask.ts'
import { fromProvider, toProviderChange, toProviderDraft } from './translate.ts'
import * as wire from './wire.ts'

const SERVICE = 'c1.api.workload_federation.v1.WorkloadFederationService'
const PROVIDERS = '/api/v1/workload_federation/providers'
const MASK = {
  mutable: [
    'displayName',
    'description',
    'disabled',
    'oidc',
    ...wire.OIDC_FIELDS.map((name) => `oidc.${name}`),
    'spiffe',
    ...wire.SPIFFE_FIELDS.map((name) => `spiffe.${name}`),
  ],
  readOnly: ['id', 'issuerUrl', 'wellKnownProvider', 'createdAt', 'updatedAt'],
}
const answer = answerOf('provider', wire.Provider)

export const providerOperations = [
  operation(
    {
      id: `${SERVICE}.ListProviders`,
      summary: 'List providers',
      method: 'GET',
      url: PROVIDERS,
      role: 'viewer',
      paged: true,
      answer: listOf(wire.Provider),
    },
    async ({ registry, pageTokens }, { caller: { organisation }, query }) => {
      const at = { tokens: pageTokens, organisation, question: 'workload providers' }
      const page = await readPage(readPageQuery(query), at, (page) =>
        listProviders(registry, organisation, page, { use: 'workload' }),
      )
      return { list: page.records.map(fromProvider), nextPageToken: page.nextPageToken }
    },
  ),
  operationWithBody(
    {
      id: `${SERVICE}.CreateProvider`,
      summary: 'Create a provider; its issuer is asked before anything is stored',
      method: 'POST',
      url: PROVIDERS,
      role: 'admin',
      body: wire.CreateProvider,
      answer,
    },
    async ({ registry }, { actor, body }) => ({
      provider: fromProvider(await createProvider(registry, actor, toProviderDraft(body))),
    }),
  ),
  operation(
    {
      id: `${SERVICE}.GetProvider`,
      summary: 'Get a provider',
      method: 'GET',
      url: `${PROVIDERS}/:id`,
      role: 'viewer',
      answer,
    },
    async ({ registry }, { caller, params }) => ({
      provider: fromProvider(await getProvider(registry, caller.organisation, params.id ?? '', 'workload')),
    }),
  ),
  operationWithBody(
    {
      id: `${SERVICE}.UpdateProvider`,
      summary: 'Update a provider',
      method: 'PATCH',
      url: `${PROVIDERS}/:id`,
      role: 'admin',
      body: wire.UpdateProvider,
      spelling: { wrapped: 'provider' },
      answer,
    },
    async ({ registry }, { actor, caller, params, body }) => {
      const change = toProviderChange(maskedFields(body.provider ?? {}, body.updateMask, MASK))
      const updated = await updateProvider(registry, actor, caller, 'workload', params.id ?? '', change)
      return { provider: fromProvider(updated) }
    },
  ),
  operation(
    {
      id: `${SERVICE}.DeleteProvider`,
      summary: 'Delete a provider; refused while trusts use it',
      method: 'DELETE',
      url: `${PROVIDERS}/:id`,
      role: 'admin',
      answer: Empty,
    },
    async ({ registry }, { actor, params }) => {
      await removeProvider(registry, actor, 'workload', params.id ?? '')
      return {}
    },
  ),
  operationWithBody(
    {
      id: `${SERVICE}.TestCEL`,
      summary: 'Try a condition on claims',
      method: 'POST',
      url: '/api/v1/workload_federation/test-cel',
      role: 'viewer',
      body: wire.TestCel,
      answer: wire.TestCelAnswer,
    },
    async ({ testCondition }, { body }) => {
      const expression = body.expression ?? ''
      const { matched, error, parts } = testCondition(expression, body.claimsJson ?? '')
      const conditionParts = body.explain === true ? parts : null
      return withoutUnset({ matched, expression, error, conditionParts })
    },
  ),
]
