/** Port for things that may happen once, and for tokens taken back before their time. */

export interface OneTimeStore {
  /**
   * True for exactly one caller per (scope, key) until `expiresAt`, also across processes and restarts; judged in one
   * statement. An entry expired at `now` counts as absent.
   */
  consume(scope: string, key: string, expiresAt: Date, now: Date): Promise<boolean>
  /** Forgets entries that expired before `now`; returns how many. */
  purge(now: Date): Promise<number>
}

export interface RevokedTokenStore {
  /** Idempotent. */
  revoke(jti: string, expiresAt: Date): Promise<void>
  isRevoked(jti: string): Promise<boolean>
  purge(now: Date): Promise<number>
}
