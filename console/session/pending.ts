/** What this tab remembers over a redirect to sign-in. Never a token: those live in memory, and end with the page. */
import type { Checks } from './open-id.ts'
import { returnPathOf } from './return-path.ts'

/** A sign-in that was begun in this tab. */
export interface Pending {
  readonly checks: Checks
  readonly returnTo: string
}

const PENDING = 'entente.console.pending'
const SIGNED_IN = 'entente.console.signed-in'

type Memory = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

export interface TabMemory {
  keep(pending: Pending): void
  /** The sign-in that has this state, once: whatever was kept is forgotten with it. Null for an answer that nobody here asked for. */
  take(state: string | null): Pending | null
  /** Whether this tab was signed in as a person, and may ask the server's session again without a word. */
  wasSignedIn(): boolean
  note(isSignedIn: boolean): void
}

export function createTabMemory(memory: Memory): TabMemory {
  return {
    keep: (pending) => memory.setItem(PENDING, JSON.stringify(pending)),
    take(state) {
      const pending = pendingOf(memory.getItem(PENDING))
      if (pending === null || state === null || pending.checks.state !== state) return null
      memory.removeItem(PENDING)
      return pending
    },
    wasSignedIn: () => memory.getItem(SIGNED_IN) !== null,
    note(isSignedIn) {
      if (isSignedIn) memory.setItem(SIGNED_IN, 'yes')
      else memory.removeItem(SIGNED_IN)
    },
  }
}

function pendingOf(text: string | null): Pending | null {
  try {
    const { checks, returnTo } = Object(JSON.parse(text ?? 'null'))
    const { verifier, state, nonce } = Object(checks)
    if (![verifier, state, nonce].every((one) => typeof one === 'string' && one !== '')) return null
    return { checks: { verifier, state, nonce }, returnTo: returnPathOf(returnTo) }
  } catch {
    return null
  }
}
