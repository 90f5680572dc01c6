import { describe, expect, it } from 'vitest'
import { arrive } from './arrive.ts'
import type { Console } from './console.tsx'
import type { SignedIn } from './open-id.ts'
import { createTabMemory } from './pending.ts'
import { createSessionStore } from './session.ts'
import { SignInFault } from './sign-in-fault.ts'
import { ALICE, fakeMemory, fakeOpenId } from './testing/fakes.ts'

function openTab(address: string, answer: SignedIn | SignInFault = ALICE) {
  const { pathname, search } = new URL(address, 'https://entente.example')
  const memory = createTabMemory(fakeMemory())
  const session = createSessionStore()
  const { openId, redeemed } = fakeOpenId(answer)
  const wishes: object[] = []
  const shown: string[] = []
  const parts: Pick<Console, 'memory' | 'session' | 'openId' | 'signIn'> = {
    memory,
    session,
    openId,
    async signIn(wish) {
      wishes.push(wish)
      if (answer instanceof Error) throw answer
    },
  }
  const page = {
    location: { pathname, search },
    history: { replaceState: (_: null, __: string, url: string) => void shown.push(url) },
  }
  return { memory, session, redeemed, wishes, shown, arrive: () => arrive(parts, page) }
}

const pending = { checks: { verifier: 'v', state: 's', nonce: 'n' }, returnTo: '/console/decisions' }

describe('a page that opens', () => {
  it('asks nothing of the server’s session in a tab that was not signed in', async () => {
    const tab = openTab('/console/')
    expect([await tab.arrive(), tab.wishes, tab.session.get().kind]).toEqual(['here', [], 'nobody'])
  })

  it('signs in again without a word in a tab that was, once', async () => {
    const tab = openTab('/console/')
    tab.memory.note(true)
    expect([await tab.arrive(), tab.wishes]).toEqual(['gone', [{ prompt: 'none' }]])
    expect([await tab.arrive(), tab.wishes.length]).toEqual(['here', 1])
  })

  it('comes back to where the person was, without the code in the address', async () => {
    const tab = openTab('/console/return?code=c&state=s')
    tab.memory.keep(pending)
    expect([await tab.arrive(), tab.shown]).toEqual(['here', ['/console/decisions']])
    expect(tab.session.get()).toMatchObject({ kind: 'person', accessToken: 'token-1' })
    expect(tab.memory.wasSignedIn()).toBe(true)
  })

  it('redeems no answer that this tab did not ask for', async () => {
    const tab = openTab('/console/return?code=evil&state=other')
    tab.memory.keep(pending)
    expect([await tab.arrive(), tab.redeemed, tab.session.get().kind]).toEqual(['foreign', [], 'nobody'])
  })

  it.each([
    ['no session left', 'login_required', null],
    ['a question to be asked', 'interaction_required', null],
    ['a refusal', 'access_denied', 'access_denied'],
  ])('shows the sign-in page after %s', async (_name, code, shown) => {
    const tab = openTab('/console/return?error=x&state=s', new SignInFault(code, 'no'))
    tab.memory.keep(pending)
    expect(await tab.arrive()).toBe('here')
    const session = tab.session.get()
    expect(session.kind === 'nobody' && (session.why?.code ?? null)).toBe(shown)
    expect(tab.memory.wasSignedIn()).toBe(false)
  })
})
