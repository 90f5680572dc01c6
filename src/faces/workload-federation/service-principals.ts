/** Operations on service principals and their credentials. Source: the same API's service principal service. */
import {
  createCredential,
  getCredential,
  listCredentials,
  removeCredential,
  updateCredential,
} from '../../registry/credentials.ts'
import type { Credential } from '../../registry/service-principal.ts'
import {
  createServicePrincipal,
  getServicePrincipal,
  listServicePrincipals,
  removeServicePrincipal,
  updateServicePrincipal,
} from '../../registry/service-principals.ts'
import type { FaceDeps } from '../face.ts'
import { namesOf } from './names.ts'
import { operation, operationWithBody } from './operation.ts'
import { readPage, readPageQuery } from './paging.ts'
import {
  fromCredential,
  fromServicePrincipal,
  toCredentialChange,
  toCredentialDraft,
  toServicePrincipalChange,
} from './translate.ts'
import { maskedFields } from './update-mask.ts'
import * as wire from './wire.ts'

const SERVICE = 'c1.api.service_principal.v1.ServicePrincipalService'
const PRINCIPALS = '/api/v1/service_principals'
const CREDENTIALS = `${PRINCIPALS}/:service_principal_id/credentials`
const PRINCIPAL_MASK = { mutable: ['displayName', 'roleIds', 'disabled'], readOnly: ['id', 'createdAt', 'updatedAt'] }
const CREDENTIAL_MASK = {
  mutable: ['displayName', 'scopedRoleIds', 'allowSourceCidrs'],
  readOnly: ['id', 'clientId', 'servicePrincipalId', 'requireDpop', 'expiresAt', 'lastUsedAt', 'createdAt'],
}
const principalAnswer = wire.wrapped('servicePrincipal', wire.ServicePrincipal)
const credentialAnswer = wire.wrapped('credential', wire.Credential)

async function shown(deps: FaceDeps, credential: Credential): Promise<object> {
  return fromCredential(credential, await namesOf(deps.registry)(credential))
}

export const servicePrincipalOperations = [
  operation(
    {
      id: `${SERVICE}.List`,
      summary: 'List service principals',
      method: 'GET',
      url: PRINCIPALS,
      role: 'viewer',
      paged: true,
      answer: wire.listOf(wire.ServicePrincipal),
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
      answer: principalAnswer,
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
      answer: principalAnswer,
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
      answer: principalAnswer,
    },
    async ({ registry }, { actor, caller, params, body }) => {
      const change = toServicePrincipalChange(maskedFields(body.servicePrincipal, body.updateMask, PRINCIPAL_MASK))
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
      answer: wire.Empty,
    },
    async ({ registry }, { actor, params }) => {
      await removeServicePrincipal(registry, actor, params.id ?? '')
      return {}
    },
  ),
  operation(
    {
      id: `${SERVICE}.ListCredentials`,
      summary: 'List credentials',
      method: 'GET',
      url: CREDENTIALS,
      role: 'viewer',
      paged: true,
      answer: wire.listOf(wire.Credential),
    },
    async (deps, { caller: { organisation }, params, query }) => {
      const principal = params.service_principal_id ?? ''
      const at = { tokens: deps.pageTokens, organisation, question: `credentials of ${principal}` }
      const page = await readPage(readPageQuery(query), at, (page) =>
        listCredentials(deps.registry, organisation, principal, page),
      )
      return {
        list: await Promise.all(page.records.map((credential) => shown(deps, credential))),
        nextPageToken: page.nextPageToken,
      }
    },
  ),
  operationWithBody(
    {
      id: `${SERVICE}.CreateCredential`,
      summary: 'Create a credential; its secret is shown once',
      method: 'POST',
      url: CREDENTIALS,
      role: 'admin',
      body: wire.CreateCredential,
      answer: wire.CreatedCredential,
    },
    async (deps, { actor, caller, params, body }) => {
      const principal = params.service_principal_id ?? ''
      const made = await createCredential(deps.registry, actor, caller, principal, toCredentialDraft(body))
      return { credential: await shown(deps, made.credential), clientSecret: made.clientSecret }
    },
  ),
  operation(
    {
      id: `${SERVICE}.GetCredential`,
      summary: 'Get a credential',
      method: 'GET',
      url: `${CREDENTIALS}/:id`,
      role: 'viewer',
      answer: credentialAnswer,
    },
    async (deps, { caller, params }) => {
      const { service_principal_id: principal = '', id = '' } = params
      return { credential: await shown(deps, await getCredential(deps.registry, caller.organisation, principal, id)) }
    },
  ),
  operationWithBody(
    {
      id: `${SERVICE}.UpdateCredential`,
      summary: 'Update a credential',
      method: 'PATCH',
      url: `${CREDENTIALS}/:id`,
      role: 'admin',
      body: wire.UpdateCredential,
      answer: credentialAnswer,
    },
    async (deps, { actor, caller, params, body }) => {
      const change = toCredentialChange(maskedFields(body.credential, body.updateMask, CREDENTIAL_MASK))
      const { service_principal_id: principal = '', id = '' } = params
      return {
        credential: await shown(deps, await updateCredential(deps.registry, actor, caller, principal, id, change)),
      }
    },
  ),
  operation(
    {
      id: `${SERVICE}.RevokeCredential`,
      summary: 'Revoke a credential',
      method: 'DELETE',
      url: `${CREDENTIALS}/:id`,
      role: 'admin',
      answer: wire.Empty,
    },
    async ({ registry }, { actor, params }) => {
      await removeCredential(registry, actor, params.service_principal_id ?? '', params.id ?? '')
      return {}
    },
  ),
]
