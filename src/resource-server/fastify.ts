/** For Fastify, as a `preHandler`, by the shape of what it hands over: the claims are `request.entente` afterwards. */
import type { JWTPayload } from 'jose'
import type { Needs, ResourceServer } from './index.ts'

export interface FastifyRequestLike {
  readonly method: string
  readonly url: string
  readonly protocol: string
  readonly host: string
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  entente?: JWTPayload
}

export interface FastifyReplyLike {
  code(status: number): FastifyReplyLike
  headers(headers: Readonly<Record<string, string>>): FastifyReplyLike
  send(body: object): FastifyReplyLike
}

/** Answers the reply where it refuses, which ends the request there. */
export function guardFastify(server: ResourceServer, needs: Needs = {}) {
  return async (request: FastifyRequestLike, reply: FastifyReplyLike): Promise<FastifyReplyLike | undefined> => {
    const { method, url, protocol, host, headers } = request
    const [path = ''] = url.split('?', 1)
    const one = (name: string) => {
      const value = headers[name]
      return Array.isArray(value) ? value.join(', ') : value
    }
    const origin = server.baseUrl ?? `${protocol}://${host}`
    const presented = { authorization: one('authorization'), proof: one('dpop'), method, url: origin + path }
    const judged = await server.judge(presented, needs)
    if (!judged.ok) return reply.code(judged.status).headers(judged.headers).send(judged.body)
    request.entente = judged.claims
    return undefined
  }
}
