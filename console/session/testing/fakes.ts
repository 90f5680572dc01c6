/** Stand-ins of the session's tests: a storage, a sign-in, and windows that talk to each other. */
import type { PageMessage } from '../../../src/resource-server/browser.ts'
import type { OpenId, SignedIn } from '../open-id.ts'
import type { SignInFault } from '../sign-in-fault.ts'

export const ORIGIN = 'https://entente.example'

export function fakeMemory(): Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> & {
  readonly all: Map<string, string>
} {
  const all = new Map<string, string>()
  return {
    all,
    getItem: (name) => all.get(name) ?? null,
    setItem: (name, value) => void all.set(name, value),
    removeItem: (name) => void all.delete(name),
  }
}

export const ALICE: SignedIn = {
  accessToken: 'token-1',
  subject: 'alice-uid',
  name: 'Alice',
  organisation: 'default',
  roles: ['admin'],
}

/** Redeems to what it is given; counts what it was asked. */
export function fakeOpenId(answer: SignedIn | SignInFault) {
  const redeemed: string[] = []
  const wishes: object[] = []
  const openId: OpenId = {
    async begin(wish) {
      wishes.push(wish)
      return { url: `${ORIGIN}/oauth2/authorize?state=s`, checks: { verifier: 'v', state: 's', nonce: 'n' } }
    },
    async redeem(search) {
      redeemed.push(search)
      if (answer instanceof Error) throw answer
      return answer
    },
    signOutUrl: async () => `${ORIGIN}/oauth2/logout`,
  }
  return { openId, redeemed, wishes }
}

type Listener = (event: PageMessage) => void

/** One side of two windows of a browser: messages come a moment later, with origin and source as the browser writes them. */
export function fakeWindow(origin = ORIGIN) {
  const listeners = new Set<Listener>()
  return {
    listeners,
    addEventListener: (_type: 'message', listener: Listener) => void listeners.add(listener),
    removeEventListener: (_type: 'message', listener: Listener) => void listeners.delete(listener),
    /** What `postMessage` on it does for a sender; lost where the target origin is another. */
    receive(data: unknown, target: string, from: { readonly origin: string; readonly source: unknown }) {
      if (target !== origin) return
      queueMicrotask(() => {
        for (const listener of [...listeners]) listener({ data, ...from })
      })
    },
  }
}
