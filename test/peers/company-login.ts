/** An OpenID Provider of a company, as far as registration asks: a discovery document and keys, over TLS. */
import { generateKeyPairSync } from 'node:crypto'
import { createServer } from 'node:https'
import { createAuthority } from '../../simulators/certificates.ts'
import { answerJson, close, LOOPBACK, listen, pathOf } from '../../simulators/loopback.ts'

export interface CompanyLogin {
  readonly issuer: string
  readonly caPem: string
  /** For `ENTENTE_UPSTREAM_CONNECT_TO`. */
  readonly connectTo: string
  stop(): Promise<void>
}

export async function startCompanyLogin(host = 'login.example.com'): Promise<CompanyLogin> {
  const authority = await createAuthority()
  const { certificatePem: cert, keyPem: key } = await authority.issue([host])
  const issuer = `https://${host}`
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const jwk = { ...publicKey.export({ format: 'jwk' }), kid: 'k', alg: 'ES256', use: 'sig' }
  const documents: Readonly<Record<string, object>> = {
    '/.well-known/openid-configuration': {
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/keys`,
    },
    '/keys': { keys: [jwk] },
  }
  const server = createServer({ cert, key }, (request, response) => {
    const document = documents[pathOf(request)]
    answerJson(response, document === undefined ? 404 : 200, document ?? {})
  })
  const port = await listen(server)
  return { issuer, caPem: authority.caPem, connectTo: `${host}:443=${LOOPBACK}:${port}`, stop: () => close(server) }
}
