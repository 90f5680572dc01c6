/** What every page of the console has at hand; put together in main.tsx. */
import { createContext, type ReactNode, use, useSyncExternalStore } from 'react'
import type { EntenteClient } from '../../src/client/index.ts'
import type { OpenId, SignInWish } from './open-id.ts'
import type { TabMemory } from './pending.ts'
import type { Session, SessionStore } from './session.ts'
import type { Settings } from './settings.ts'
import type { StepUp } from './step-up.ts'

export interface Console {
  readonly settings: Settings
  readonly session: SessionStore
  readonly memory: TabMemory
  readonly openId: OpenId
  readonly stepUp: StepUp
  /** Asks without ever stepping up. */
  readonly client: EntenteClient
  /** For an action that may need a stronger proof: `purpose` says in the dialog what for. */
  clientFor(purpose: string): EntenteClient
  /** Leaves for the sign-in, and comes back to where the person is now. */
  signIn(wish: SignInWish): Promise<void>
  signOut(): Promise<void>
}

const Context = createContext<Console | null>(null)

export function ConsoleProvider({ console, children }: { readonly console: Console; readonly children: ReactNode }) {
  return <Context value={console}>{children}</Context>
}

export function useConsole(): Console {
  const found = use(Context)
  if (found === null) throw new Error('outside of the console')
  return found
}

export function useSession(): Session {
  const { session } = useConsole()
  return useSyncExternalStore(session.subscribe, session.get)
}
