/** Token requests that must be refused, of every kind that is cheap to send: an attacker's or a broken script's. */
import { randomBytes } from 'node:crypto'
import type { GithubSimulator } from '../../simulators/github.ts'
import type { Registration } from '../../src/cli/demo/registration.ts'

const GRANT = 'grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Atoken-exchange'
const TYPE = 'subject_token_type=urn%3Aietf%3Aparams%3Aoauth%3Atoken-type%3Ajwt'

export interface BadExchanges {
  /** Bodies of requests that name the trust we have. */
  readonly known: readonly string[]
  /** Bodies that name none, or one that does not exist; some are new each time. */
  readonly unknown: readonly (() => string)[]
}

export async function makeBadExchanges(github: GithubSimulator, registration: Registration): Promise<BadExchanges> {
  const aud = registration.audience
  const good = await github.mint({ aud })
  const [header, payload, signature] = good.split('.')
  const longAgo = new Date('2020-01-01T00:00:00Z')
  const tokens = [
    'not-a-token',
    'a.b.c',
    `${header}.${payload}.`,
    `${Buffer.from('{"alg":"none"}').toString('base64url')}.${payload}.`,
    `${header}.${Buffer.from('{"sub":7').toString('base64url')}.${signature}`,
    `${header}.${payload}.${'A'.repeat(signature?.length ?? 0)}`,
    'A'.repeat(20_000),
    await github.mint({ aud }, { key: 'foreign' }),
    await github.mint({ aud: 'somebody.else' }),
    await github.mint({ aud }, { issuedAt: longAgo }),
    await github.mint({ aud, iss: 'https://issuer.example' }),
    await github.mint({ aud, repository: 'mallory/payments' }),
    await github.mint({ aud, sub: undefined }),
    await github.mint({ aud, padding: 'x'.repeat(8_000), repository: 'mallory/payments' }),
  ]
  const client = `client_id=${encodeURIComponent(registration.clientId)}`
  return {
    known: tokens.map((token) => `${GRANT}&${TYPE}&${client}&subject_token=${token}`),
    unknown: [
      () => `${GRANT}&${TYPE}&client_id=no-such-trust-${randomBytes(6).toString('hex')}&subject_token=${good}`,
      () => `${GRANT}&${TYPE}&audience=${randomBytes(6).toString('hex')}&subject_token=${good}`,
      () => `${GRANT}&${GRANT}&subject_token=${randomBytes(300).toString('hex')}`,
      () => `grant_type=password&username=${randomBytes(6).toString('hex')}`,
      () => `grant_type=client_credentials&client_id=${randomBytes(6).toString('hex')}&client_secret=guess`,
      () => '%%%=&&&',
      () => '',
    ],
  }
}
