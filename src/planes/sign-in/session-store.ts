import type { Session } from './session.ts'

/** Which sessions end: every given member must fit. */
export interface SessionFilter {
  readonly opSession?: string
  readonly organisation?: string
  /** uid */
  readonly person?: string
  /** uid */
  readonly provider?: string
  readonly upstreamSession?: string
  readonly upstreamSubject?: string
}

/** Contract (proved by storage/conformance): an expired session is none; ending is idempotent. */
export interface SessionStore {
  insert(session: Session): Promise<void>
  get(uid: string, now: Date): Promise<Session | null>
  getByOpSession(opSession: string, now: Date): Promise<Session | null>
  /** Living sessions, newest first, at most 100. */
  list(filter: SessionFilter, now: Date): Promise<Session[]>
  /** Makes it the one proof of the OpenID Provider's session, instead of an earlier one; idempotent. */
  attach(uid: string, opSession: string): Promise<void>
  /** A proof that was given meanwhile takes the place of the one before; false where the session is gone. */
  raise(uid: string, proof: Pick<Session, 'acr' | 'amr' | 'authTime'>): Promise<boolean>
  /** Best effort: keeps the later moment. */
  touch(uid: string, lastSeenAt: Date, expiresAt: Date): Promise<void>
  /** Ends the sessions and tells which they were. */
  end(filter: SessionFilter & { readonly uid?: string }): Promise<Session[]>
  purge(now: Date): Promise<number>
}
