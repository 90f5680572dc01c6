/** `orgId`: the face's own word for the organisation acted in, in the query or in a body. Source: the page, "orgId". */
import { invalidFields } from '../../fault.ts'
import type { Caller, Callers, Presented } from '../../http/caller.ts'
import { registryFault } from '../../registry/faults.ts'
import { isId } from '../../registry/names.ts'

/** Means every organisation in the API's other lists. */
const EVERY = '*'

/** The query's word, for the moment before the body is read; a repeated one is left to the schema, `*` to `callerNamed`. */
export function namedInQuery(query: unknown): string | undefined {
  const word = wordOf(query)
  return word === EVERY ? undefined : word
}

export interface Naming {
  readonly presented: Presented
  /** The `Entente-Organization` header. */
  readonly header: string | undefined
  readonly query: unknown
  readonly body: unknown
}

/**
 * The caller in the organisation that the whole request names; `found` is who they are by its header and query alone.
 *
 * Faults: caller.organisations_disagree, organisation.unknown, field.invalid (operators asking for all at once)
 */
export async function callerNamed(callers: Callers, found: Caller, naming: Naming): Promise<Caller> {
  const { presented, header, query, body } = naming
  const queried = wordOf(query)
  if (queried === EVERY) {
    if (!found.operator) throw registryFault('organisation.unknown')
    const message = 'must name one organization: lists of all of them at once are not offered'
    throw invalidFields([{ path: 'orgId', code: 'field.invalid', message }])
  }
  const named = wordOf(body)
  if (named === undefined || named === found.organisation) return found
  return await callers({
    presented,
    // Header and query agree, or nobody would have been found.
    organisationHeader: header ?? queried,
    // What is no id names no organisation; not every database takes any text in a question.
    organisationNamed: isId(named) ? named : '-',
    requestId: found.requestId,
  })
}

function wordOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, 'orgId') || !('orgId' in value)) return
  return typeof value.orgId === 'string' ? value.orgId : undefined
}
