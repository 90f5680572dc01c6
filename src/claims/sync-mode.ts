/** When a mapper runs. Source: the identity-providers page's `sync_mode`; wire.md section 4.3 for what the modes mean. */

export const SYNC_MODES = ['INHERIT', 'IMPORT', 'LEGACY', 'FORCE'] as const
export type SyncMode = 'IMPORT' | 'LEGACY' | 'FORCE'

/** What the server does where nobody says anything. Source: CONTRACT.md section 3. */
const SERVER_DEFAULT: SyncMode = 'IMPORT'

/** The mapper's own mode, unless it inherits the provider's, unless that inherits the server's. */
export function effectiveSyncMode(mapper: string | null, provider: string | null): SyncMode {
  return named(mapper) ?? named(provider) ?? SERVER_DEFAULT
}

function named(mode: string | null): SyncMode | null {
  return mode === 'IMPORT' || mode === 'LEGACY' || mode === 'FORCE' ? mode : null
}

/**
 * What a mapper does at a login: `grant` what the claims say, `follow` them (grant and take away), `withdraw` (take away
 * what they no longer carry, grant nothing), or nothing. IMPORT speaks once, at the first login; FORCE keeps what it
 * manages equal to the claims; LEGACY differs from mapper to mapper at later logins: role mappers withdraw, and the
 * others have nothing to withdraw. User name templates stand apart: they speak at every login.
 * Source: wire.md section 4.3
 */
export function actionOf(mode: SyncMode, login: 'first' | 'later'): 'grant' | 'follow' | 'withdraw' | 'nothing' {
  if (login === 'first') return 'grant'
  if (mode === 'FORCE') return 'follow'
  return mode === 'LEGACY' ? 'withdraw' : 'nothing'
}

/** Whether a mapper is asked at all at such a login; what it then does is `actionOf`. */
export function runsOn(mode: SyncMode, login: 'first' | 'later'): boolean {
  return actionOf(mode, login) !== 'nothing'
}
