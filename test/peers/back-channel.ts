/** Where an app is told of ended sessions: a site of its own over TLS, which judges logout tokens with jose and nothing of ours. */
import { createServer } from 'node:https'
import { createRemoteJWKSet, type JWTPayload, jwtVerify } from 'jose'
import type { CertificateAuthority } from '../../simulators/certificates.ts'
import { close, listen } from '../../simulators/loopback.ts'

export interface BackChannel {
  /** To be registered as `backchannelLogoutUri`. */
  readonly uri: string
  /** For `ENTENTE_UPSTREAM_CONNECT_TO`. */
  readonly connectTo: string
  /** Raw logout tokens, in the order in which they came. */
  readonly tokens: string[]
  /** What the next answers are; 200 when there are none. */
  readonly statuses: number[]
  stop(): Promise<void>
}

export async function startBackChannel(authority: CertificateAuthority, host = 'shop.example'): Promise<BackChannel> {
  const { certificatePem: cert, keyPem: key } = await authority.issue([host])
  const tokens: string[] = []
  const statuses: number[] = []
  const server = createServer({ cert, key }, async (request, response) => {
    let body = ''
    for await (const chunk of request) body += String(chunk)
    const status = statuses.shift() ?? 200
    const token = new URLSearchParams(body).get('logout_token')
    if (request.method === 'POST' && token !== null && status === 200) tokens.push(token)
    response.writeHead(status).end()
  })
  const port = await listen(server)
  return {
    uri: `https://${host}/backchannel`,
    connectTo: `${host}:443=127.0.0.1:${port}`,
    tokens,
    statuses,
    stop: () => close(server),
  }
}

const EVENT = 'http://schemas.openid.net/event/backchannel-logout'

/** As an app has to judge it. Source: OpenID Connect Back-Channel Logout 1.0 §2.6. */
export async function judgeLogoutToken(token: string, issuer: string, clientId: string): Promise<JWTPayload> {
  const keys = createRemoteJWKSet(new URL(`${issuer}/oauth2/jwks`))
  const { payload } = await jwtVerify(token, keys, {
    issuer,
    audience: clientId,
    typ: 'logout+jwt',
    algorithms: ['RS256'],
    requiredClaims: ['iat', 'exp', 'jti', 'events'],
  })
  if ('nonce' in payload) throw new Error('a logout token has no nonce')
  if (typeof Object(payload.events)[EVENT] !== 'object') throw new Error('not the event of a logout')
  return payload
}
