/** Everything that ends sessions, put together: whoever ends one comes through here, so that its apps are told. */
import type { RegistryWrite, Write } from '../../../registry/stores.ts'
import type { OpenIdLibrary } from '../../openid-provider/library.ts'
import type { SessionStore } from '../session-store.ts'
import { createAppsToTell } from './apps-told.ts'
import { endingSessions } from './closings.ts'
import { createSessionEnder, type SessionEnder } from './end-sessions.ts'
import { createRevokeSessions, type RevokeSessions } from './revoke.ts'

export interface SignOutOptions {
  readonly sessions: Pick<SessionStore, 'end'>
  readonly library: Pick<OpenIdLibrary, 'endSession'>
  readonly write: Write<RegistryWrite>
  readonly now: () => Date
  readonly sleep: (milliseconds: number) => Promise<void>
  readonly onUntold: (clientId: string, error: unknown) => void
  readonly onError: (error: unknown) => void
}

export interface SignOut {
  /** For the registry: as given, but what it closes ends sessions. */
  readonly write: Write<RegistryWrite>
  /** For a provider that ends its own sessions. */
  readonly ender: SessionEnder
  readonly revokeSessions: RevokeSessions
  /** Resolves when every app was told or given up on. */
  drain(): Promise<void>
}

export function createSignOut(options: SignOutOptions): SignOut {
  const { write, now, onError } = options
  const apps = createAppsToTell(options)
  const ender = createSessionEnder({ ...options, apps })
  return {
    ender,
    write: endingSessions({ write, ender, now, onError }),
    revokeSessions: createRevokeSessions({ ender, write }),
    drain: apps.drain,
  }
}
