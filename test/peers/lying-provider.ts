/** An OpenID Provider over TLS that lies on demand: whoever comes is let in at once, and the test says what the answers hold. */
import { createHash, randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import type { CertificateAuthority } from '../../simulators/certificates.ts'
import { answerJson, close, listen } from '../../simulators/loopback.ts'
import type { JsonObject } from '../../src/json.ts'

/** What is said otherwise than an honest provider would; each is given what the honest one would say. */
export interface Lie {
  readonly idToken?: (claims: JsonObject) => JsonObject
  /** Instead of the token that was just made. */
  readonly sendToken?: (honest: string) => string
  readonly userInfo?: (claims: JsonObject) => JsonObject
  /** Parameters of the redirect back; null leaves one out. */
  readonly callback?: Readonly<Record<string, string | null>>
  /** Instead of an answer of the token endpoint: `hang` never ends, `flood` never ends either but keeps talking. */
  readonly tokenEndpoint?: 'hang' | 'flood' | 'fail' | 'html'
}

export interface LyingProvider {
  readonly issuer: string
  readonly host: string
  readonly port: number
  /** `POST /token`, … in the order of the requests. */
  readonly asked: string[]
  lie: Lie
  /** Who comes next. */
  person: JsonObject
  stop(): Promise<void>
}

export async function startLyingProvider(host: string, authority: CertificateAuthority): Promise<LyingProvider> {
  const issuer = `https://${host}`
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true })
  const jwk = { ...(await exportJWK(publicKey)), kid: 'liar-1', alg: 'RS256', use: 'sig' }
  const { certificatePem, keyPem } = await authority.issue([host])
  const logins = new Map<string, { readonly nonce: string | null; readonly client: string }>()

  const answers: Readonly<Record<string, (request: IncomingMessage, response: ServerResponse) => unknown>> = {
    'GET /.well-known/openid-configuration': (_request, response) =>
      answerJson(response, 200, {
        issuer,
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        userinfo_endpoint: `${issuer}/me`,
        jwks_uri: `${issuer}/keys`,
        response_types_supported: ['code'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['RS256'],
        code_challenge_methods_supported: ['S256'],
        authorization_response_iss_parameter_supported: true,
      }),
    'GET /keys': (_request, response) => answerJson(response, 200, { keys: [jwk] }),
    'GET /authorize'(request, response) {
      const asked = new URL(request.url ?? '', issuer).searchParams
      const code = randomUUID()
      logins.set(code, { nonce: asked.get('nonce'), client: asked.get('client_id') ?? '' })
      const back = { code, state: asked.get('state') ?? '', iss: issuer, ...liar.lie.callback }
      const to = new URL(asked.get('redirect_uri') ?? issuer)
      for (const [name, value] of Object.entries(back)) if (value !== null) to.searchParams.set(name, value)
      response.writeHead(303, { location: to.href }).end()
    },
    async 'POST /token'(request, response) {
      const { tokenEndpoint } = liar.lie
      if (tokenEndpoint === 'hang') return
      if (tokenEndpoint === 'fail') return answerJson(response, 500, { error: 'server_error' })
      if (tokenEndpoint === 'html') return response.writeHead(200, { 'content-type': 'text/html' }).end('<p>hello')
      if (tokenEndpoint === 'flood') return flood(response)
      const code = new URLSearchParams(await textOf(request)).get('code') ?? ''
      const login = logins.get(code)
      logins.delete(code)
      if (login === undefined) return answerJson(response, 400, { error: 'invalid_grant' })
      const accessToken = randomUUID()
      const hash = createHash('sha256').update(accessToken).digest().subarray(0, 16).toString('base64url')
      const now = Math.floor(Date.now() / 1000)
      const honest: JsonObject = {
        ...{ iss: issuer, aud: login.client, iat: now, exp: now + 300, at_hash: hash },
        ...(login.nonce === null ? {} : { nonce: login.nonce }),
        ...liar.person,
      }
      const claims = liar.lie.idToken?.(honest) ?? honest
      const token = await new SignJWT({ ...claims })
        .setProtectedHeader({ alg: 'RS256', kid: 'liar-1' })
        .sign(privateKey)
      const idToken = liar.lie.sendToken?.(token) ?? token
      const tokens = { access_token: accessToken, token_type: 'Bearer', expires_in: 300, id_token: idToken }
      return answerJson(response, 200, tokens)
    },
    'GET /me': (_request, response) => answerJson(response, 200, liar.lie.userInfo?.(liar.person) ?? liar.person),
  }

  const server = createServer({ cert: certificatePem, key: keyPem }, (request, response) => {
    const line = `${request.method} ${(request.url ?? '').split('?', 1)[0]}`
    liar.asked.push(line)
    void (Object.hasOwn(answers, line) ? answers[line]?.(request, response) : answerJson(response, 404, {}))
  })
  const port = await listen(server)
  const liar: LyingProvider = {
    ...{ issuer, host, port, asked: [], lie: {} },
    person: { sub: 'alice', email: `alice@${host.slice(host.indexOf('.') + 1)}`, email_verified: true, name: 'Alice' },
    async stop() {
      server.closeAllConnections()
      await close(server)
    },
  }
  return liar
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

/** As fast as it is read, for as long as somebody reads. */
function flood(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json' })
  const more = () => {
    while (response.writable && !response.destroyed && response.write('x'.repeat(65_536)));
    if (!response.destroyed) response.once('drain', more)
  }
  more()
}
