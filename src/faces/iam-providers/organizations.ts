/** Operations on organizations: operators see and make all of them, others see their own. Source: the same API. */
import { throwFields } from '../../fault.ts'
import { type Caller, callerFault } from '../../http/caller.ts'
import { registryFault } from '../../registry/faults.ts'
import {
  countOrganisations,
  createOrganisation,
  getOrganisation,
  listOrganisations,
  removeOrganisation,
  updateOrganisation,
} from '../../registry/organisations.ts'
import type { PageRequest } from '../../registry/provider-store.ts'
import { type Operation, operation, operationWithBody } from './operation.ts'
import { readPage } from './paging.ts'
import { fromOrganisation, readOnlyFaults, toOrganisationChange, toOrganisationDraft } from './translate.ts'
import * as wire from './wire.ts'

export const organizationOperations: readonly Operation[] = [
  operation(
    {
      id: 'listOrganizations',
      summary: 'List organizations: all of them for operators, their own for others',
      method: 'GET',
      url: wire.ORGANIZATIONS,
      role: 'viewer',
      scoped: false,
      query: wire.ListOrganizationsQuery,
      status: 200,
      answer: wire.listOf('organizations', wire.Organization),
    },
    async ({ registry, pageTokens }, { caller, query }) => {
      const all = {
        list: (page: PageRequest) => listOrganisations(registry, page),
        count: () => countOrganisations(registry),
      }
      const own = {
        list: async ({ offset = 0 }) => (offset > 0 ? [] : [await getOrganisation(registry, caller.home)]),
        count: async () => 1,
      }
      const place = { tokens: pageTokens, organisation: caller.organisation, question: 'iam organizations' }
      const page = await readPage(query, place, caller.operator ? all : own)
      return { organizations: page.records.map(fromOrganisation), ...page.numbers }
    },
  ),
  operationWithBody(
    {
      id: 'createOrganization',
      summary: 'Create organization',
      method: 'POST',
      url: wire.ORGANIZATIONS,
      role: 'operator',
      scoped: false,
      query: wire.NoQuery,
      body: wire.CreateOrganization,
      status: 201,
      answer: wire.Organization,
    },
    async ({ registry }, { actor, body }) =>
      fromOrganisation(await createOrganisation(registry, actor, toOrganisationDraft(body))),
  ),
  operation(
    {
      id: 'getOrganization',
      summary: 'Retrieve organization details',
      method: 'GET',
      url: `${wire.ORGANIZATIONS}/:id`,
      role: 'viewer',
      scoped: false,
      query: wire.NoQuery,
      status: 200,
      answer: wire.Organization,
    },
    async ({ registry }, { caller, id }) => {
      if (!caller.operator && id !== caller.home) throw registryFault('organisation.unknown')
      return fromOrganisation(await getOrganisation(registry, id))
    },
  ),
  operationWithBody(
    {
      id: 'updateOrganization',
      summary: 'Update organization; absent fields stay as they are',
      method: 'PATCH',
      url: `${wire.ORGANIZATIONS}/:id`,
      role: 'viewer',
      scoped: false,
      query: wire.NoQuery,
      body: wire.UpdateOrganization,
      status: 200,
      answer: wire.Organization,
    },
    async ({ registry }, { actor, caller, id, body }) => {
      requireOperator(caller, id)
      const seen = await getOrganisation(registry, id)
      throwFields(readOnlyFaults(body, fromOrganisation(seen)))
      return fromOrganisation(await updateOrganisation(registry, actor, id, toOrganisationChange(body, seen)))
    },
  ),
  operation(
    {
      id: 'deleteOrganization',
      summary: 'Delete organization; only an empty one goes',
      method: 'DELETE',
      url: `${wire.ORGANIZATIONS}/:id`,
      role: 'viewer',
      scoped: false,
      query: wire.NoQuery,
      status: 204,
      answer: null,
    },
    async ({ registry }, { actor, caller, id }) => {
      requireOperator(caller, id)
      await removeOrganisation(registry, actor, id)
      return null
    },
  ),
]

/** Writing is an operator's; others may know of their own only. Faults: organisation.unknown, caller.role_missing */
function requireOperator({ operator, home }: Caller, id: string): void {
  if (operator) return
  throw id === home ? callerFault('caller.role_missing') : registryFault('organisation.unknown')
}
