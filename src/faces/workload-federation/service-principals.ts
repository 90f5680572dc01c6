/** Operations on service principals. Source: the same API's service principal service. */
import {
  createServicePrincipal,
  getServicePrincipal,
  listServicePrincipals,
  removeServicePrincipal,
  updateServicePrincipal,
} from '../../registry/service-principals.ts'
import { operation, operationWithBody } from '../google-rpc/operation.ts'
import { readPage, readPageQuery } from '../google-rpc/paging.ts'
import { answerOf, Empty, listOf } from '../google-rpc/schema.ts'
import { maskedFields } from '../google-rpc/update-mask.ts'
import { fromServicePrincipal, toServicePrincipalChange } from './translate.ts'
import * as wire from './wire.ts'

const SERVICE = 'c1.api.service_principal.v1.ServicePrincipalService'
const PRINCIPALS = '/api/v1/service_principals'
const PRINCIPAL_MASK = { mutable: ['displayName', 'roleIds', 'disabled'], readOnly: ['id', 'createdAt', 'updatedAt'] }
const answer = answerOf('servicePrincipal', wire.ServicePrincipal)

export const servicePrincipalOperations = [
  operation(
    {
      id: `${SERVICE}.List`,
      summary: 'List service principals',
      method: 'GET',
      url: PRINCIPALS,
      role: 'viewer',
      paged: true,
      answer: listOf(wire.ServicePrincipal),
    },
    async ({ registry, pageTokens }, { caller: { organisation }, query }) => {
      const at = { tokens: pageTokens, organisation, question: 'service principals' }
      const page = await readPage(readPageQuery(query), at, (page) =>
        listServicePrincipals(registry, organisation, page),
      )
      return { list: page.records.map(fromServicePrincipal), nextPageToken: page.nextPageToken }
    },
  ),
  operationWithBody(
    {
      id: `${SERVICE}.Create`,
      summary: 'Create a service principal',
      method: 'POST',
      url: PRINCIPALS,
      role: 'admin',
      body: wire.CreateServicePrincipal,
      answer,
    },
    async ({ registry }, { actor, caller, body: { displayName = null, roleIds } }) => {
      const draft = { id: null, displayName, roleIds: roleIds ?? [], enabled: true }
      return { servicePrincipal: fromServicePrincipal(await createServicePrincipal(registry, actor, caller, draft)) }
    },
  ),
  operation(
    {
      id: `${SERVICE}.Get`,
      summary: 'Get a service principal',
      method: 'GET',
      url: `${PRINCIPALS}/:id`,
      role: 'viewer',
      answer,
    },
    async ({ registry }, { caller, params }) => ({
      servicePrincipal: fromServicePrincipal(await getServicePrincipal(registry, caller.organisation, params.id ?? '')),
    }),
  ),
  operationWithBody(
    {
      id: `${SERVICE}.Update`,
      summary: 'Update a service principal',
      method: 'PATCH',
      url: `${PRINCIPALS}/:id`,
      role: 'admin',
      body: wire.UpdateServicePrincipal,
      spelling: { wrapped: 'servicePrincipal' },
      answer,
    },
    async ({ registry }, { actor, caller, params, body }) => {
      const change = toServicePrincipalChange(
        maskedFields(body.servicePrincipal ?? {}, body.updateMask, PRINCIPAL_MASK),
      )
      const updated = await updateServicePrincipal(registry, actor, caller, params.id ?? '', change)
      return { servicePrincipal: fromServicePrincipal(updated) }
    },
  ),
  operation(
    {
      id: `${SERVICE}.Delete`,
      summary: 'Delete a service principal with its credentials and trusts',
      method: 'DELETE',
      url: `${PRINCIPALS}/:id`,
      role: 'admin',
      answer: Empty,
    },
    async ({ registry }, { actor, params }) => {
      await removeServicePrincipal(registry, actor, params.id ?? '')
      return {}
    },
  ),
]
