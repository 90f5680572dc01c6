import { describe, expect, it } from 'vitest'
import { createConsoleClient } from './client.ts'
import { createSessionStore } from './session.ts'
import { ALICE, ORIGIN } from './testing/fakes.ts'

const CHALLENGE = 'Bearer error="insufficient_user_authentication", acr_values="urn:entente:acr:2fa", max_age="300"'
const KEYS = '/apis/entente.dev/v1/namespaces/{organisation}/signingkeys/{name}/rotate'
const params = { path: { organisation: 'default', name: 'k' } }

function openServer(answers: readonly (() => Response)[]) {
  const tokens: (string | null)[] = []
  const session = createSessionStore()
  session.set({ kind: 'person', ...ALICE })
  const send: typeof fetch = async (input, init) => {
    tokens.push(new Request(input, init).headers.get('authorization'))
    return answers[tokens.length - 1]?.() ?? Response.json({})
  }
  return { tokens, session, send }
}

const never = () => {
  throw new Error('the token counts')
}

const stronger = () => Response.json({}, { status: 401, headers: { 'www-authenticate': CHALLENGE } })

describe('the console’s client', () => {
  it('sends a request again with the stronger token, not with the one of before', async () => {
    const { tokens, session, send } = openServer([stronger, () => Response.json({ kind: 'SigningKey' })])
    const challenge = async () => {
      session.set({ kind: 'person', ...ALICE, accessToken: 'token-2' })
      return true
    }
    const client = createConsoleClient({ origin: ORIGIN, session, challenge, onOver: never, fetch: send })
    const { response } = await client.POST(KEYS, { params })
    expect([response.status, tokens]).toEqual([200, ['Bearer token-1', 'Bearer token-2']])
  })

  it('hands out the server’s refusal where the proof is given up, and stays signed in', async () => {
    const { tokens, session, send } = openServer([stronger])
    const client = createConsoleClient({
      origin: ORIGIN,
      session,
      challenge: async () => false,
      onOver: never,
      fetch: send,
    })
    const { response } = await client.POST(KEYS, { params })
    expect([response.status, tokens.length, session.get().kind]).toEqual([401, 1, 'person'])
  })

  it('says so where the token does not count any more', async () => {
    const { session, send } = openServer([() => Response.json({}, { status: 401 })])
    let isOver = false
    const onOver = () => {
      isOver = true
    }
    const client = createConsoleClient({ origin: ORIGIN, session, challenge: async () => false, onOver, fetch: send })
    await client.POST(KEYS, { params })
    expect(isOver).toBe(true)
  })
})
