/**
 * A stronger proof in a window beside the page. The server asks for it; what it wants is handed on, and its answer decides.
 *
 * The page keeps verifier, state and nonce, and redeems the code itself: the window is told an address to go to, brings back
 * the query of its return, and never has a token.
 */
import {
  type PageMessage,
  type PageWindow,
  popupChallenge,
  type StepUpChallenge,
} from '../../src/resource-server/browser.ts'
import type { Begun, OpenId } from './open-id.ts'
import { STEP_UP_PATH } from './return-path.ts'
import { raised, type SessionStore } from './session.ts'
import { SignInFault } from './sign-in-fault.ts'

/** What the dialog shows: asked for once, and answered by one of its two ends. */
export interface StepUpAsk {
  /** What the person is about to do: "delete this provider". */
  readonly purpose: string
  /** Whom the proof must be of, by the name they know. */
  readonly name: string
  /** Makes the request for the window; before the button is pressed, since a window may only be opened at once. */
  prepare(): Promise<Begun>
  /** Opens the window and waits for it. Resolves to null when the proof is there, else to why not. */
  prove(begun: Begun): Promise<SignInFault | null>
  /** Ends the ask: whether to send the request again. */
  end(isProved: boolean): void
}

export interface StepUp {
  /** The challenge for one purpose. */
  challengeFor(purpose: string): (wanted: StepUpChallenge) => Promise<boolean>
  /** What is asked for now; null mostly. */
  get(): StepUpAsk | null
  subscribe(listener: () => void): () => void
}

/** What the window says, and is told. */
export type WindowMessage =
  | { readonly stepUp: 'ready' }
  | { readonly stepUp: 'go'; readonly url: string }
  | { readonly stepUp: 'answer'; readonly search: string }
  | { readonly stepUp: 'end'; readonly isProved: boolean }

export interface StepUpOptions {
  readonly openId: OpenId
  readonly session: SessionStore
  readonly page: PageWindow
}

const CLOSED = new SignInFault('closed', 'The window was closed, or could not be opened, before the proof was there.')
const OTHER_PERSON = new SignInFault('other_person', 'Somebody else proved who they are. Sign in as yourself.')

export function createStepUp({ openId, session, page }: StepUpOptions): StepUp {
  let ask: StepUpAsk | null = null
  const listeners = new Set<() => void>()
  const show = (next: StepUpAsk | null) => {
    ask = next
    for (const listener of listeners) listener()
  }

  const redeem = async (search: string, begun: Begun): Promise<SignInFault | null> => {
    try {
      const next = raised(session.get(), await openId.redeem(search, begun.checks))
      if (next === null) return OTHER_PERSON
      session.set(next)
      return null
    } catch (error) {
      return SignInFault.of(error)
    }
  }

  return {
    get: () => ask,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    challengeFor: (purpose) => (wanted) => {
      const now = session.get()
      // Only people can prove who they are; and one question at a time.
      if (now.kind !== 'person' || ask !== null) return Promise.resolve(false)
      const { organisation: organization, name } = now
      return new Promise((resolve) =>
        show({
          purpose,
          name,
          prepare: () => openId.begin({ organization, acrValues: wanted.acrValues, maxAge: wanted.maxAge }),
          prove: (begun) => proveInWindow(page, wanted, begun, (search) => redeem(search, begun)),
          end(isProved) {
            show(null)
            resolve(isProved)
          },
        }),
      )
    },
  }
}

/** The page's side of the conversation with the window that it opened; no other window is listened to. */
async function proveInWindow(
  page: PageWindow,
  wanted: StepUpChallenge,
  begun: Begun,
  redeem: (search: string) => Promise<SignInFault | null>,
): Promise<SignInFault | null> {
  let opened: unknown = null
  let fault: SignInFault | null = CLOSED
  const say = (message: WindowMessage) => Object(opened).postMessage(message, page.location.origin)
  const hear = async ({ origin, source, data }: PageMessage) => {
    if (opened === null || source !== opened || origin !== page.location.origin) return
    const { stepUp, search } = Object(data)
    if (stepUp === 'ready') say({ stepUp: 'go', url: begun.url })
    if (stepUp !== 'answer' || typeof search !== 'string') return
    fault = await redeem(search)
    say({ stepUp: 'end', isProved: fault === null })
  }
  const watched: PageWindow = {
    location: page.location,
    open(url, target, features) {
      const found = page.open(url, target, features)
      opened = found
      return found
    },
    addEventListener: (type, listener) => page.addEventListener(type, listener),
    removeEventListener: (type, listener) => page.removeEventListener(type, listener),
  }
  page.addEventListener('message', hear)
  try {
    const isDone = await popupChallenge(STEP_UP_PATH, watched)(wanted)
    // What the window says last is its word alone; whether the token was taken is ours.
    return isDone && fault === null ? null : (fault ?? CLOSED)
  } finally {
    page.removeEventListener('message', hear)
  }
}
