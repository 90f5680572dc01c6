/** Operations on credentials of service principals. Source: the same API's service principal service. */
import {
  createCredential,
  getCredential,
  listCredentials,
  removeCredential,
  updateCredential,
} from '../../registry/credentials.ts'
import type { Credential } from '../../registry/service-principal.ts'
import type { FaceDeps } from '../face.ts'
import { operation, operationWithBody } from '../google-rpc/operation.ts'
import { readPage, readPageQuery } from '../google-rpc/paging.ts'
import { answerOf, Empty, listOf } from '../google-rpc/schema.ts'
import { maskedFields } from '../google-rpc/update-mask.ts'
import { namesOf } from './names.ts'
import { fromCredential, toCredentialChange, toCredentialDraft } from './translate.ts'
import * as wire from './wire.ts'

const SERVICE = 'c1.api.service_principal.v1.ServicePrincipalService'
const CREDENTIALS = '/api/v1/service_principals/:service_principal_id/credentials'
const MASK = {
  mutable: ['displayName', 'scopedRoleIds', 'allowSourceCidrs'],
  readOnly: ['id', 'clientId', 'servicePrincipalId', 'requireDpop', 'expiresAt', 'lastUsedAt', 'createdAt'],
}
const answer = answerOf('credential', wire.Credential)

async function shown(deps: FaceDeps, credentials: readonly Credential[]): Promise<object[]> {
  const names = namesOf(deps.registry)
  return await Promise.all(credentials.map(async (credential) => fromCredential(credential, await names(credential))))
}

async function wrapped(deps: FaceDeps, credential: Credential): Promise<{ credential: object | undefined }> {
  const [only] = await shown(deps, [credential])
  return { credential: only }
}

export const credentialOperations = [
  operation(
    {
      id: `${SERVICE}.ListCredentials`,
      summary: 'List credentials',
      method: 'GET',
      url: CREDENTIALS,
      role: 'viewer',
      paged: true,
      answer: listOf(wire.Credential),
    },
    async (deps, { caller: { organisation }, params, query }) => {
      const principal = params.service_principal_id ?? ''
      const at = { tokens: deps.pageTokens, organisation, question: `credentials of ${principal}` }
      const page = await readPage(readPageQuery(query), at, (page) =>
        listCredentials(deps.registry, organisation, principal, page),
      )
      return {
        list: await shown(deps, page.records),
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
      spelling: { words: { scopedRoleIds: 'scopedRoles' } },
      answer: wire.CreatedCredential,
    },
    async (deps, { actor, caller, params, body }) => {
      const principal = params.service_principal_id ?? ''
      const made = await createCredential(deps.registry, actor, caller, principal, toCredentialDraft(body))
      return { ...(await wrapped(deps, made.credential)), clientSecret: made.clientSecret }
    },
  ),
  operation(
    {
      id: `${SERVICE}.GetCredential`,
      summary: 'Get a credential',
      method: 'GET',
      url: `${CREDENTIALS}/:id`,
      role: 'viewer',
      answer,
    },
    async (deps, { caller, params }) => {
      const { service_principal_id: principal = '', id = '' } = params
      return await wrapped(deps, await getCredential(deps.registry, caller.organisation, principal, id))
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
      spelling: { wrapped: 'credential' },
      answer,
    },
    async (deps, { actor, caller, params, body }) => {
      const change = toCredentialChange(maskedFields(body.credential ?? {}, body.updateMask, MASK))
      const { service_principal_id: principal = '', id = '' } = params
      return await wrapped(deps, await updateCredential(deps.registry, actor, caller, principal, id, change))
    },
  ),
  operation(
    {
      id: `${SERVICE}.RevokeCredential`,
      summary: 'Revoke a credential',
      method: 'DELETE',
      url: `${CREDENTIALS}/:id`,
      role: 'admin',
      answer: Empty,
    },
    async ({ registry }, { actor, params }) => {
      await removeCredential(registry, actor, params.service_principal_id ?? '', params.id ?? '')
      return {}
    },
  ),
]
