/** The part of Microsoft Graph that tells the groups of who asks. Source: Graph v1.0, "List user transitiveMemberOf". */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { deliver } from '../documents.ts'
import { answerJson } from '../loopback.ts'
import { uuidOf } from '../workloads/made-up.ts'
import { groupIdsOf } from './entra-token.ts'
import { queryOf } from './forms.ts'
import type { Endpoints } from './openid-login.ts'

/** Fewer than Graph's own 999, so that somebody in many groups needs several pages. */
const PAGE = 100

/** A page of the groups, with a directory role before the first one, which is no group. */
export function answerGroups(
  request: IncomingMessage,
  response: ServerResponse,
  { bearer, happening }: Endpoints,
  graph: string,
): void {
  const person = bearer(request)
  if (person === null) {
    answerJson(response, 401, { error: { code: 'InvalidAuthenticationToken' } })
    return
  }
  const query = queryOf(request)
  const from = Number(query.get('$skiptoken') ?? 0)
  const size = Math.min(Number(query.get('$top') ?? PAGE), PAGE)
  const groups = groupIdsOf(person)
  const path = '/v1.0/me/transitiveMemberOf'
  const at = (origin: string, to: number) => `${origin}${path}?$select=id&$top=${size}&$skiptoken=${to}`
  const wrong = happening.rows.find(({ nextPage }) => nextPage !== undefined)?.nextPage
  const next =
    wrong === 'elsewhere'
      ? at('https://graph.other.example', from)
      : wrong === 'again' || from + size < groups.length
        ? at(graph, from + size)
        : null
  const page = {
    '@odata.context': `${graph}/v1.0/$metadata#directoryObjects(id)`,
    ...(next === null ? {} : { '@odata.nextLink': next }),
    value: [
      ...(from === 0 ? [{ '@odata.type': '#microsoft.graph.directoryRole', id: uuidOf('a role') }] : []),
      ...groups.slice(from, from + size).map((id) => ({ '@odata.type': '#microsoft.graph.group', id })),
    ],
  }
  deliver(response, happening.endpoint('graph'), { path, content: () => page })
}
