/** Operations on mappers and their types. Source: CONTRACT.md section 3; wire.md section 4.4 for the types. */
import { mapperTypesFor } from '../../claims/mapper-types.ts'
import { registryFault } from '../../registry/faults.ts'
import { addMapper, changeMapper, removeMapper } from '../../registry/mappers.ts'
import type { Mapper as MapperRecord } from '../../registry/provider.ts'
import { getProvider } from '../../registry/providers.ts'
import type { FaceDeps } from '../face.ts'
import { changedMapper, fromMapper, fromMapperType, toMapperDraft } from './mapper-form.ts'
import { Mapper, MapperChange, MapperConfig, MapperType } from './mapper-wire.ts'
import { type Ask, type Operation, operation, operationWithBody } from './operation.ts'
import { readPageAsk } from './paging.ts'
import { SCOPE } from './providers.ts'
import * as wire from './wire.ts'

const PROVIDER = `${wire.ROOT}/:alias`
const ALL = `${PROVIDER}/mappers`
const ONE = `${ALL}/:id`

export const mapperOperations: readonly Operation[] = [
  operation(
    {
      id: 'list_identity_provider_mappers',
      summary: 'List mappers',
      method: 'GET',
      url: ALL,
      role: 'viewer',
      query: wire.PageQuery,
      status: 200,
      answer: wire.listOf(Mapper),
    },
    async ({ registry }, { caller, alias, query }) => {
      const { offset, limit } = readPageAsk(query)
      const { mappers } = await getProvider(registry, caller.organisation, alias, SCOPE)
      return { items: mappers.slice(offset, offset + limit).map(fromMapper), total: mappers.length }
    },
  ),
  operationWithBody(
    {
      id: 'create_identity_provider_mapper',
      summary: 'Create a mapper',
      method: 'POST',
      url: ALL,
      role: 'admin',
      query: wire.NoQuery,
      body: MapperConfig,
      isMapper: true,
      status: 201,
      answer: Mapper,
    },
    async ({ registry }, { actor, caller, alias, body }) =>
      fromMapper(await addMapper(registry, actor, caller, SCOPE, alias, toMapperDraft(body))),
  ),
  operation(
    {
      id: 'get_identity_provider_mapper',
      summary: 'Get a mapper',
      method: 'GET',
      url: ONE,
      role: 'viewer',
      query: wire.NoQuery,
      status: 200,
      answer: Mapper,
    },
    async (deps, ask) => fromMapper(await mapperOf(deps, ask)),
  ),
  operationWithBody(
    {
      id: 'replace_identity_provider_mapper',
      summary: 'Replace a mapper',
      method: 'PUT',
      url: ONE,
      role: 'admin',
      query: wire.NoQuery,
      body: MapperConfig,
      isMapper: true,
      status: 200,
      answer: Mapper,
    },
    async ({ registry }, { actor, caller, alias, id, body }) =>
      fromMapper(await changeMapper(registry, actor, caller, SCOPE, alias, id, () => toMapperDraft(body))),
  ),
  operationWithBody(
    {
      id: 'update_identity_provider_mapper',
      summary: 'Update a mapper; absent fields stay as they are, its configuration is merged key by key',
      method: 'PATCH',
      url: ONE,
      role: 'admin',
      query: wire.NoQuery,
      body: MapperChange,
      isMapper: true,
      status: 200,
      answer: Mapper,
    },
    async ({ registry }, { actor, caller, alias, id, body }) =>
      fromMapper(await changeMapper(registry, actor, caller, SCOPE, alias, id, (seen) => changedMapper(body, seen))),
  ),
  operation(
    {
      id: 'delete_identity_provider_mapper',
      summary: 'Delete a mapper',
      method: 'DELETE',
      url: ONE,
      role: 'admin',
      query: wire.NoQuery,
      status: 204,
      answer: null,
    },
    async ({ registry }, { actor, caller, alias, id }) => {
      await removeMapper(registry, actor, caller, SCOPE, alias, id)
      return null
    },
  ),
  operation(
    {
      id: 'list_identity_provider_mapper_types',
      summary: 'List the mapper types that the provider may have, with their configuration',
      method: 'GET',
      url: `${PROVIDER}/mapper-types`,
      role: 'viewer',
      query: wire.NoQuery,
      status: 200,
      answer: wire.listOf(MapperType),
    },
    async ({ registry }, { caller, alias }) => {
      const { protocol } = await getProvider(registry, caller.organisation, alias, SCOPE)
      const items = mapperTypesFor(protocol).map(fromMapperType)
      return { items, total: items.length }
    },
  ),
]

async function mapperOf({ registry }: FaceDeps, { caller, alias, id }: Ask<unknown, unknown>): Promise<MapperRecord> {
  const { mappers } = await getProvider(registry, caller.organisation, alias, SCOPE)
  const mapper = mappers.find((one) => one.id === id)
  if (mapper === undefined) throw registryFault('mapper.unknown')
  return mapper
}
