/** What proves us to be a client elsewhere, judged by a library that is not ours. */
import { randomBytes } from 'node:crypto'
import { createLocalJWKSet, decodeJwt, jwtVerify } from 'jose'
import { describe, expect, it } from 'vitest'
import { createClientAssertions } from './client-assertion.ts'
import { openKeys } from './index.ts'
import { createMemoryDataKeys, createMemorySigningKeys } from './testing/memory-stores.ts'

const DAY_MS = 86_400_000
const ASKED = { clientId: 'entente-at-corp', audience: 'https://idp.example/token' }

async function open() {
  let at = Date.now()
  const now = () => new Date(at)
  const stores = { dataKeys: createMemoryDataKeys(), signingKeys: createMemorySigningKeys() }
  const { signing } = await openKeys({ stores, masterKey: randomBytes(32), now, randomBytes })
  const publicUrl = 'https://entente.example'
  const sign = createClientAssertions({ signing, publicUrl, now, randomBytes })
  const published = () => createLocalJWKSet({ keys: signing.jwks().keys.map((key) => ({ ...Object(key) })) })
  const wait = async (days: number) => {
    at += days * DAY_MS
    await signing.maintain()
  }
  return { sign, signing, published, wait, now }
}

describe('an assertion', () => {
  it.each(['RS256', 'ES256'] as const)(
    'says who we are and for whom, for a minute, by our %s key',
    async (algorithm) => {
      const { sign, published, now } = await open()
      const { payload, protectedHeader } = await jwtVerify(sign({ algorithm, ...ASKED }), published(), {
        issuer: ASKED.clientId,
        subject: ASKED.clientId,
        audience: ASKED.audience,
        algorithms: [algorithm],
        typ: 'JWT',
        currentDate: now(),
      })
      expect(protectedHeader.kid).toMatch(/^[\w-]{43}$/)
      expect(Number(payload.exp) - Number(payload.iat)).toBe(60)
      expect(decodeJwt(sign({ algorithm, ...ASKED })).jti).not.toBe(payload.jti)
    },
  )

  it('verifies with keys that were fetched a day before the key was changed', async () => {
    const { sign, published, wait, now } = await open()
    const first = sign({ algorithm: 'RS256', ...ASKED })
    await wait(89)
    const fetched = published()
    await wait(1)
    const second = sign({ algorithm: 'RS256', ...ASKED })
    expect(header(second).kid).not.toBe(header(first).kid)
    await jwtVerify(second, fetched, { currentDate: now() })
  })

  it('is no access token of ours', async () => {
    const { sign, signing } = await open()
    expect(signing.verify(sign({ algorithm: 'ES256', ...ASKED }))).toBeNull()
  })

  it.each(['https://entente.example', 'https://entente.example/'])(
    'is never made in our own name: %s',
    async (clientId) => {
      const { sign } = await open()
      const fault = expect.objectContaining({ code: 'keys.client_id_is_issuer' })
      expect(() => sign({ algorithm: 'RS256', ...ASKED, clientId })).toThrow(fault)
    },
  )
})

function header(token: string): { readonly kid: string } {
  return JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString())
}
