/** Operations on trusts. Source: docs/sources/workload-federation.txt, WorkloadFederationService. */

import { canonicalAddress } from '../../cidr.ts'
import { invalidFields } from '../../fault.ts'
import type { Trust } from '../../registry/trust.ts'
import { createTrust, getTrust, listTrusts, removeTrust, searchTrusts, updateTrust } from '../../registry/trusts.ts'
import type { FaceDeps } from '../face.ts'
import { operation, operationWithBody } from '../google-rpc/operation.ts'
import { readPage, readPageQuery } from '../google-rpc/paging.ts'
import { answerOf, Empty, listOf } from '../google-rpc/schema.ts'
import { maskedFields } from '../google-rpc/update-mask.ts'
import { namesOf } from './names.ts'
import { fromTestToken, toEvidence } from './test-token.ts'
import { fromTrust, toTrustChange, toTrustDraft } from './translate.ts'
import * as wire from './wire.ts'

const SERVICE = 'c1.api.workload_federation.v1.WorkloadFederationService'
const TRUSTS = '/api/v1/service_principals/:service_principal_id/trusts'
const MASK = {
  mutable: [
    'displayName',
    'description',
    'conditionExpression',
    'scopedRoleIds',
    'allowSourceCidrs',
    'passthroughClaims',
    'allowedResources',
    'allowedScopes',
    'tokenLifetimeSeconds',
    'capLifetimeToSubject',
    'examples',
    'acknowledgedLint',
    'disabled',
  ],
  readOnly: ['clientId', 'servicePrincipalId', 'providerId', 'createdAt', 'updatedAt'],
}
const answer = answerOf('trust', wire.Trust)

async function shown(deps: FaceDeps, trusts: readonly Trust[]): Promise<object[]> {
  const names = namesOf(deps.registry)
  return await Promise.all(trusts.map(async (trust) => fromTrust(trust, await names(trust))))
}

async function wrapped(deps: FaceDeps, trust: Trust): Promise<object> {
  const [only] = await shown(deps, [trust])
  return { trust: only }
}

export const trustOperations = [
  operation(
    {
      id: `${SERVICE}.ListTrusts`,
      summary: 'List the trusts of a service principal',
      method: 'GET',
      url: TRUSTS,
      role: 'viewer',
      paged: true,
      answer: listOf(wire.Trust),
    },
    async (deps, { caller: { organisation }, params, query }) => {
      const principal = params.service_principal_id ?? ''
      const at = { tokens: deps.pageTokens, organisation, question: `trusts of ${principal}` }
      const page = await readPage(readPageQuery(query), at, (page) =>
        listTrusts(deps.registry, organisation, principal, page),
      )
      return { list: await shown(deps, page.records), nextPageToken: page.nextPageToken }
    },
  ),
  operationWithBody(
    {
      id: `${SERVICE}.CreateTrust`,
      summary: 'Create a trust',
      method: 'POST',
      url: TRUSTS,
      role: 'admin',
      body: wire.CreateTrust,
      answer,
    },
    async (deps, { actor, caller, params, body }) =>
      wrapped(
        deps,
        await createTrust(deps.registry, actor, caller, params.service_principal_id ?? '', toTrustDraft(body)),
      ),
  ),
  operation(
    {
      id: `${SERVICE}.GetTrust`,
      summary: 'Get a trust',
      method: 'GET',
      url: `${TRUSTS}/:client_id`,
      role: 'viewer',
      answer,
    },
    async (deps, { caller, params }) => {
      const { service_principal_id: principal = '', client_id: clientId = '' } = params
      return await wrapped(deps, await getTrust(deps.registry, caller.organisation, principal, clientId))
    },
  ),
  operationWithBody(
    {
      id: `${SERVICE}.UpdateTrust`,
      summary: 'Update a trust',
      method: 'PATCH',
      url: `${TRUSTS}/:client_id`,
      role: 'admin',
      body: wire.UpdateTrust,
      spelling: { wrapped: 'trust' },
      answer,
    },
    async (deps, { actor, caller, params, body }) => {
      const change = toTrustChange(maskedFields(body.trust ?? {}, body.updateMask, MASK))
      const { service_principal_id: principal = '', client_id: clientId = '' } = params
      return await wrapped(deps, await updateTrust(deps.registry, actor, caller, principal, clientId, change))
    },
  ),
  operation(
    {
      id: `${SERVICE}.DeleteTrust`,
      summary: 'Delete a trust',
      method: 'DELETE',
      url: `${TRUSTS}/:client_id`,
      role: 'admin',
      answer: Empty,
    },
    async ({ registry }, { actor, params }) => {
      await removeTrust(registry, actor, params.service_principal_id ?? '', params.client_id ?? '')
      return {}
    },
  ),
  operationWithBody(
    {
      id: `${SERVICE}.TestToken`,
      summary: 'Judge a token by a trust, step by step, without issuing anything',
      method: 'POST',
      url: `${TRUSTS}/:client_id/test`,
      role: 'admin',
      body: wire.TestToken,
      answer: wire.TestTokenAnswer,
    },
    async (deps, { caller, params, body, address }) => {
      const { service_principal_id: principal = '', client_id: clientId = '' } = params
      const trust = await getTrust(deps.registry, caller.organisation, principal, clientId)
      const judged = body.sourceIp ? addressOf(body.sourceIp) : address
      return fromTestToken(await deps.testToken({ trust, evidence: toEvidence(body), address: judged }))
    },
  ),
  operationWithBody(
    {
      id: `${SERVICE}.SearchTrusts`,
      summary: 'Search trusts',
      method: 'POST',
      url: '/api/v1/search/workload_federation_trusts',
      role: 'viewer',
      body: wire.SearchTrusts,
      isBodyOptional: true,
      answer: listOf(wire.Trust),
    },
    async (deps, { caller: { organisation }, body }) => {
      const search = {
        ...(body.providerId ? { provider: body.providerId } : {}),
        ...(body.servicePrincipalId ? { principal: body.servicePrincipalId } : {}),
        ...(body.query ? { query: body.query } : {}),
      }
      const at = { tokens: deps.pageTokens, organisation, question: `trusts by ${JSON.stringify(search)}` }
      const page = await readPage(body, at, (page) => searchTrusts(deps.registry, organisation, page, search))
      return { list: await shown(deps, page.records), nextPageToken: page.nextPageToken }
    },
  ),
]

/** An address, or a range of which the address counts. */
function addressOf(text: string): string {
  const address = canonicalAddress(text.split('/', 1)[0] ?? '')
  if (address !== null) return address
  throw invalidFields([{ path: 'sourceIp', code: 'field.invalid', message: 'must be an IPv4 or IPv6 address' }])
}
