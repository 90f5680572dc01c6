/** Who is signed in, in the memory of this page and nowhere else. */
import type { SignedIn } from './open-id.ts'

export type Session =
  | { readonly kind: 'nobody'; readonly why: Farewell | null }
  | { readonly kind: 'operator'; readonly token: string; readonly organisation: string }
  | ({ readonly kind: 'person' } & SignedIn)

/** What the sign-in page says first. */
export interface Farewell {
  readonly tone: 'info' | 'fault'
  readonly sentence: string
  readonly code?: string
  readonly decision?: string | null
}

export interface SessionStore {
  get(): Session
  set(session: Session): void
  /** Ends it, with a word for the sign-in page. */
  end(why?: Farewell): void
  subscribe(listener: () => void): () => void
}

export function createSessionStore(): SessionStore {
  let session: Session = { kind: 'nobody', why: null }
  const listeners = new Set<() => void>()
  const set = (next: Session) => {
    session = next
    for (const listener of listeners) listener()
  }
  return {
    get: () => session,
    set,
    end: (why) => set({ kind: 'nobody', why: why ?? null }),
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** What goes into the Authorization header; null while nobody is signed in. */
export function tokenOf(session: Session): string | null {
  if (session.kind === 'nobody') return null
  return session.kind === 'operator' ? session.token : session.accessToken
}

/**
 * The session with the stronger token. Null if it is somebody else's: another person's proof must not continue what this one
 * began.
 */
export function raised(session: Session, proved: SignedIn): Session | null {
  if (session.kind !== 'person') return null
  const isSame = session.subject === proved.subject && session.organisation === proved.organisation
  return isSame ? { kind: 'person', ...proved } : null
}
