/** What an access token says of its person. Source: OpenID Connect Core §5.3; RFC 6750 §3; RFC 9449 §7. */
import type { FastifyInstance, FastifyReply } from 'fastify'
import { Fault } from '../fault.ts'
import { challengeOf, type Presented, presentedBy } from '../http/caller.ts'
import type { JsonObject } from '../json.ts'
import { answerPreflight, openToOrigins } from './cross-origin.ts'
import type { LiveToken } from './live-token.ts'
import { type Accounts, claimsOf } from './openid-provider/accounts.ts'
import { claimsOfScopes } from './openid-provider/claims-of-scopes.ts'
import { ROUTES } from './openid-provider/paths.ts'
import { USERINFO_CLAIMS } from './openid-provider/requested-claims.ts'

export interface UserinfoOptions {
  readonly accounts: Accounts
  /** The token for ourselves that the request shows. Faults: caller.* */
  readonly tokenOf: (presented: Presented) => Promise<LiveToken>
}

/** How and when the person proved who they are. */
const PROOF: readonly string[] = ['acr', 'amr', 'auth_time']

export function userinfo({ accounts, tokenOf }: UserinfoOptions) {
  return async (app: FastifyInstance): Promise<void> => {
    app.setErrorHandler((error, _request, reply) => {
      if (!(error instanceof Fault) || error.kind !== 'unauthenticated') throw error
      reply.header('www-authenticate', challengeOf(error))
      return reply.code(401).send({ error: 'invalid_token', error_description: error.message })
    })
    answerPreflight(app, ROUTES.userinfo, ['GET', 'POST'])
    app.addHook('onRequest', async (_request, reply) => void openToOrigins(reply))
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
        const claims = withProofOf(live.claims, Object(claimsOf(standing)))
        const { [USERINFO_CLAIMS]: asked } = live.claims
        const named = new Set<unknown>(Array.isArray(asked) ? asked : [])
        const ofScopes = claimsOfScopes(scopes)
        const shown = Object.entries(claims).filter(([name]) => ofScopes.has(name) || named.has(name))
        return reply.send(Object.fromEntries(shown))
      },
    })
  }
}

/** What was proved since is none of this token's. */
function withProofOf(token: JsonObject, claims: JsonObject): JsonObject {
  const proof = Object.entries(token).filter(([name]) => PROOF.includes(name))
  const others = Object.entries(claims).filter(([name]) => !PROOF.includes(name))
  return Object.fromEntries([...others, ...proof])
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
