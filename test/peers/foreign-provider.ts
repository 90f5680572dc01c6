/** A whole OpenID Provider that we did not write (panva's oidc-provider), over TLS, with the people of a small company. */
import { createServer } from 'node:https'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import Provider, { type ClientMetadata, type Configuration } from 'oidc-provider'
import type { CertificateAuthority } from '../../simulators/certificates.ts'
import { close, listen } from '../../simulators/loopback.ts'

export interface ForeignProvider {
  readonly issuer: string
  readonly host: string
  readonly port: number
  /** `POST /token`, … in the order of the requests. */
  readonly asked: string[]
  /** An ID token as the provider gives them, of somebody who has signed in at the client long ago. */
  idToken(sub: string, clientId: string, claims?: Readonly<Record<string, unknown>>): Promise<string>
  stop(): Promise<void>
}

/** Accounts are made at the first login: whoever types `alice` is alice. Of mallory's address nobody has proved anything. */
const findAccount: Configuration['findAccount'] = (_ctx, id) => ({
  accountId: id,
  claims: () => ({
    sub: id,
    email: `${id}@corp.example`,
    email_verified: id !== 'mallory',
    name: `${id} of corp`,
    preferred_username: id,
  }),
})

export async function startForeignProvider(
  host: string,
  authority: CertificateAuthority,
  clients: readonly ClientMetadata[],
  configuration: Configuration = {},
): Promise<ForeignProvider> {
  const issuer = `https://${host}`
  const { privateKey } = await generateKeyPair('RS256', { extractable: true })
  const provider = new Provider(issuer, {
    clients: [...clients],
    findAccount,
    jwks: { keys: [{ ...(await exportJWK(privateKey)), kid: `${host}-1`, alg: 'RS256', use: 'sig' }] },
    cookies: { keys: ['not-a-secret'] },
    claims: { email: ['email', 'email_verified'], profile: ['name', 'preferred_username'] },
    acrValues: ['urn:corp:password'],
    ttl: { Interaction: 600, Session: 3_600, Grant: 3_600, AccessToken: 600, IdToken: 600 },
    ...configuration,
  })
  const { certificatePem, keyPem } = await authority.issue([host])
  const asked: string[] = []
  const answer = provider.callback()
  const server = createServer({ cert: certificatePem, key: keyPem }, (request, response) => {
    asked.push(`${request.method} ${(request.url ?? '').split('?', 1)[0]}`)
    void answer(request, response)
  })
  const port = await listen(server)
  const idToken: ForeignProvider['idToken'] = (sub, clientId, claims = {}) =>
    new SignJWT({ ...claims })
      .setProtectedHeader({ alg: 'RS256', kid: `${host}-1` })
      .setIssuer(issuer)
      .setAudience(clientId)
      .setSubject(sub)
      .setIssuedAt()
      .setExpirationTime('5m')
      .sign(privateKey)
  return { issuer, host, port, asked, idToken, stop: () => close(server) }
}
