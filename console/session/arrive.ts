/** What becomes of the page's address when it opens: an answer to a sign-in, a silent new one, or a page to show. */
import type { Console } from './console.tsx'
import { RETURN_PATH, returnPathOf } from './return-path.ts'
import { SignInFault } from './sign-in-fault.ts'

/** As much of `window` as it needs. */
export interface ArrivalPage {
  readonly location: { readonly pathname: string; readonly search: string }
  readonly history: { replaceState(data: null, unused: string, url: string): void }
}

/** What of the console it takes. */
type Parts = Pick<Console, 'memory' | 'session' | 'openId' | 'signIn'>

/** `gone`: the browser is on its way elsewhere. `foreign`: an answer that nobody in this tab asked for. */
export type Arrival = 'here' | 'gone' | 'foreign'

export async function arrive(console: Parts, page: ArrivalPage): Promise<Arrival> {
  const { pathname, search } = page.location
  if (pathname === RETURN_PATH) return await comeBack(console, page, search)
  if (!console.memory.wasSignedIn()) return 'here'
  // Once: whatever comes back says whether there is still a session.
  console.memory.note(false)
  try {
    await console.signIn({ prompt: 'none' })
    return 'gone'
  } catch (error) {
    endWith(console, SignInFault.of(error))
    return 'here'
  }
}

async function comeBack(console: Parts, page: ArrivalPage, search: string): Promise<Arrival> {
  const { memory, openId, session } = console
  const pending = memory.take(new URLSearchParams(search).get('state'))
  if (pending === null) return 'foreign'
  // The code leaves the address, and with it the history, before anything else.
  page.history.replaceState(null, '', returnPathOf(pending.returnTo))
  try {
    session.set({ kind: 'person', ...(await openId.redeem(search, pending.checks)) })
    memory.note(true)
  } catch (error) {
    const fault = SignInFault.of(error)
    if (NO_SESSION.includes(fault.code)) session.end()
    else endWith(console, fault)
  }
  return 'here'
}

/** Answers to `prompt=none` that mean no more than: ask the person. Source: OpenID Connect Core §3.1.2.6. */
const NO_SESSION: readonly string[] = [
  'login_required',
  'interaction_required',
  'account_selection_required',
  'consent_required',
]

function endWith({ session }: Parts, { message: sentence, code, decision }: SignInFault): void {
  session.end({ tone: 'fault', sentence, code, decision })
}
