/** What has to be done every minute: forget what expired, rotate keys, tell how many requests the limit turned away. */
import type { RefusalLimit } from './http/refusal-limit.ts'
import type { SigningKeys } from './keys/signing-keys.ts'
import type { OneTimeStore, RevokedTokenStore } from './planes/one-time-store.ts'
import type { LoginStore } from './planes/sign-in/login-store.ts'
import type { OpRecordStore } from './planes/sign-in/op-record-store.ts'
import type { SessionStore } from './planes/sign-in/session-store.ts'

export interface HousekeepingOptions {
  readonly oneTime: OneTimeStore
  readonly revokedTokens: RevokedTokenStore
  readonly logins: Pick<LoginStore, 'purge'>
  readonly sessions: Pick<SessionStore, 'purge'>
  readonly opRecords: Pick<OpRecordStore, 'purge'>
  readonly signing: SigningKeys
  /** Asks the upstreams again that publish what they are; it knows itself when it is time. */
  readonly refreshUpstreams: () => Promise<void>
  readonly limit: RefusalLimit
  readonly now: () => Date
  readonly onFailure: (error: unknown) => void
  readonly log: { warn(fields: object, message: string): void }
}

const EVERY_MS = 60_000

export function startHousekeeping(options: HousekeepingOptions): { stop(): void } {
  const { oneTime, revokedTokens, logins, sessions, opRecords, signing, limit, now, onFailure, log } = options
  const expiring = [oneTime, revokedTokens, logins, sessions, opRecords]
  const tasks = [
    ...expiring.map((store) => () => store.purge(now())),
    () => signing.maintain(),
    options.refreshUpstreams,
  ]
  const timer = setInterval(() => {
    // Each on its own: one that fails does not keep the others from their work.
    for (const task of tasks) task().catch(onFailure)
    const turnedAway = limit.drain()
    if (turnedAway > 0)
      log.warn({ requests: turnedAway }, 'requests turned away by the refusal limit in the last minute')
  }, EVERY_MS)
  timer.unref()
  return { stop: () => clearInterval(timer) }
}
