/** What an access token says of its person. Source: OpenID Connect Core §5.3; RFC 6750 §3; RFC 9449 §7. */
import type { FastifyInstance, FastifyReply } from 'fastify'
import { Fault } from '../fault.ts'
import { challengeOf, type Presented, presentedBy } from '../http/caller.ts'
import type { JsonObject } from '../json.ts'
import type { LiveToken } from './live-token.ts'
import { type Accounts, claimsOf } from './openid-provider/accounts.ts'
import { ROUTES } from './openid-provider/configuration.ts'

export interface UserinfoOptions {
  readonly accounts: Accounts
  /** The token for ourselves that the request shows. Faults: caller.* */
  readonly tokenOf: (presented: Presented) => Promise<LiveToken>
}

/** Claims by the scope that shows them. Source: OpenID Connect Core §5.4; `groups` is ours. */
const BY_SCOPE: Readonly<Record<string, readonly string[]>> = {
  openid: ['sub', 'organization', 'provider', 'roles', 'acr', 'amr', 'auth_time'],
  profile: ['name', 'given_name', 'family_name', 'preferred_username'],
  email: ['email', 'email_verified'],
  groups: ['groups'],
}

export function userinfo({ accounts, tokenOf }: UserinfoOptions) {
  return async (app: FastifyInstance): Promise<void> => {
    app.setErrorHandler((error, _request, reply) => {
      if (!(error instanceof Fault) || error.kind !== 'unauthenticated') throw error
      reply.header('www-authenticate', challengeOf(error))
      return reply.code(401).send({ error: 'invalid_token', error_description: error.message })
    })
    app.route({
      method: ['GET', 'POST'],
      url: ROUTES.userinfo,
      schema: { hide: true },
      handler: async (request, reply) => {
        const live = await tokenOf(presentedBy(request))
        const scopes = typeof live.claims.scope === 'string' ? live.claims.scope.split(' ') : []
        if (!scopes.includes('openid')) return challenge(reply, 403, 'insufficient_scope')
        const { sid } = live.claims
        const standing = typeof sid === 'string' ? await accounts.standing(sid) : null
        if (standing === null || standing.person.uid !== live.subject) return challenge(reply, 401, 'invalid_token')
        const claims: JsonObject = Object(claimsOf(standing))
        const shown = new Set(
          scopes.flatMap((scope) => (Object.hasOwn(BY_SCOPE, scope) ? (BY_SCOPE[scope] ?? []) : [])),
        )
        return reply.send(Object.fromEntries(Object.entries(claims).filter(([name]) => shown.has(name))))
      },
    })
  }
}

function challenge(reply: FastifyReply, status: 401 | 403, error: string): FastifyReply {
  return reply
    .code(status)
    .header('www-authenticate', `Bearer error="${error}"`)
    .send({
      error,
      error_description: error === 'invalid_token' ? 'The token does not count.' : 'The scope openid is needed.',
    })
}
