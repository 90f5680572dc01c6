import { describe, expect, it } from 'vitest'
import { createRenewal } from './renewal.ts'
import { createSessionStore } from './session.ts'
import { ALICE } from './testing/fakes.ts'

const MINUTE = 60_000

function open(signIn: () => Promise<void> = async () => {}) {
  let now = 0
  let asked = 0
  const session = createSessionStore()
  const renew = createRenewal(
    {
      session,
      signIn(wish) {
        expect(wish).toEqual({ prompt: 'none' })
        asked += 1
        return signIn()
      },
    },
    () => now,
  )
  session.set({ kind: 'person', ...ALICE })
  const later = (ms: number) => {
    now += ms
    renew()
  }
  return { session, later, asked: () => asked }
}

describe('a token that does not count any more', () => {
  it('is renewed by the server’s session, once for all calls that learn of it', () => {
    const { session, later, asked } = open()
    later(30 * MINUTE)
    later(1)
    expect([asked(), session.get().kind]).toEqual([1, 'person'])
  })

  it('leads to the sign-in page where it is too young to be too old', () => {
    const { session, later, asked } = open()
    later(MINUTE / 2)
    expect([asked(), session.get().kind]).toEqual([0, 'nobody'])
  })

  it('counts from the last step-up', () => {
    const { session, later, asked } = open()
    later(0)
    session.set({ kind: 'person', ...ALICE, accessToken: 'token-2' })
    later(MINUTE * 2)
    expect([asked(), session.get().kind]).toEqual([1, 'person'])
  })

  it('leads to the sign-in page where nobody answers, and always for the operator token', async () => {
    const { session, later } = open(() => Promise.reject(new Error('nobody there')))
    later(30 * MINUTE)
    await new Promise((resolve) => setTimeout(resolve))
    expect(session.get().kind).toBe('nobody')
    session.set({ kind: 'operator', token: 't', organisation: 'default' })
    later(30 * MINUTE)
    expect(session.get()).toMatchObject({ kind: 'nobody', why: { tone: 'info' } })
  })
})
