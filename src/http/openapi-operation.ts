/** What the documents say of every operation besides its own schemas: refusals, headers, types. Nothing of it is validated. */

declare module 'fastify' {
  interface FastifySchema {
    /** Schema of the body of every refusal; an operation that has one is documented with all of them. */
    refusal?: object
    /** Its 201 says in `Location` where the new object is. */
    located?: boolean
    /** Types that answers come in besides JSON. */
    alsoAs?: readonly string[]
    /** Types that the body may come in besides JSON. */
    bodyAs?: readonly string[]
    /** Schema of a body that the handler judges itself. */
    judgedBody?: object
  }
}

type RouteSchema = Readonly<Record<string, unknown>>

const SUCCESSES: Readonly<Record<string, string>> = { 200: 'Done', 201: 'Created', 204: 'Done; there is no body' }

const REFUSALS: Readonly<Record<string, string>> = {
  400: 'The request is refused; every field at fault is named',
  401: 'The token is missing or tells of no caller',
  403: 'The caller may not do this',
  404: 'There is no such object, or no such organisation for this caller',
  409: 'Another object, or another write at the same time, stands in the way',
  413: 'The body is too large',
  415: 'The body is of no type that is taken here',
  500: 'The server failed; its log has the cause under the id in X-Request-Id',
  503: 'The database does not answer; try again',
}
/** A request that only reads has no body, and stands in nobody's way. */
const OF_WRITES: readonly string[] = ['409', '413', '415']

const CHALLENGE = { 'WWW-Authenticate': { type: 'string', description: 'Bearer, or DPoP with its algorithms' } }
const PLACE = { Location: { type: 'string', description: 'Path of the new object' } }

/** Source: CONTRACT.md section 2. */
const HEADERS = {
  type: 'object',
  properties: {
    'Entente-Organization': {
      type: 'string',
      description: 'Id of the organisation acted in; only operators name another one than their own.',
    },
  },
}

/** The schema with what goes without saying for every operation whose schema names its refusal. */
export function completeOperation(schema: RouteSchema, method: string): RouteSchema {
  const { refusal, located, alsoAs, bodyAs, judgedBody, ...own } = schema
  if (refusal === undefined) return own
  const asContent = (body: unknown, also = alsoAs) =>
    Object.fromEntries(['application/json', ...textsOf(also)].map((type) => [type, { schema: body }]))
  const worded = Object(own.response)
  const response: Record<string, unknown> = {}
  for (const [status, description] of Object.entries(REFUSALS)) {
    if (method === 'GET' && OF_WRITES.includes(status)) continue
    // Where an operation words a refusal by itself, the common one may come, too.
    const body = worded[status] === undefined ? refusal : { anyOf: [worded[status], refusal] }
    response[status] = { description, content: asContent(body), ...(status === '401' ? { headers: CHALLENGE } : {}) }
  }
  for (const [status, answer] of Object.entries(worded)) {
    if (response[status] !== undefined) continue
    const { type, content, description = SUCCESSES[status] } = Object(answer)
    const headers = status === '201' && located === true ? { headers: PLACE } : {}
    if (type === 'null') response[status] = { type, description }
    else response[status] = { description, content: content ?? asContent(answer), ...headers }
  }
  const body = own.body ?? judgedBody
  // A body that says its types by itself keeps them.
  const isPlain = body !== undefined && Object(body).content === undefined
  const content = isPlain ? { body: { content: asContent(body, bodyAs ?? []) } } : {}
  return { ...own, ...content, headers: HEADERS, response }
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : []
}
