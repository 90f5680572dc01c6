/** Puts the console's parts together by hand. */
import { createConsoleClient } from './client.ts'
import type { Console } from './console.tsx'
import { createOpenId, type SignInWish } from './open-id.ts'
import { createTabMemory } from './pending.ts'
import { createRenewal } from './renewal.ts'
import { returnPathOf } from './return-path.ts'
import { createSessionStore } from './session.ts'
import type { Settings } from './settings.ts'
import { createStepUp } from './step-up.ts'

export function openConsole(settings: Settings, page: Window): Console {
  const { origin } = page.location
  const session = createSessionStore()
  const memory = createTabMemory(page.sessionStorage)
  const openId = createOpenId(settings)
  const stepUp = createStepUp({ openId, session, page })
  const signIn = async (wish: SignInWish) => {
    const { url, checks } = await openId.begin(wish)
    const { pathname, search } = page.location
    memory.keep({ checks, returnTo: returnPathOf(`${pathname}${search}`) })
    page.location.assign(url)
  }
  // Whoever comes back to a page that the browser kept, comes back without it.
  page.addEventListener('pagehide', () => session.get().kind === 'operator' && session.end())
  const onOver = createRenewal({ session, signIn }, Date.now)
  const clientWith = (challenge: ReturnType<typeof stepUp.challengeFor>) =>
    createConsoleClient({ origin, session, challenge, onOver })

  return {
    settings,
    session,
    memory,
    openId,
    stepUp,
    client: clientWith(async () => false),
    clientFor: (purpose) => clientWith(stepUp.challengeFor(purpose)),
    signIn,
    async signOut() {
      const isPerson = session.get().kind === 'person'
      memory.note(false)
      session.end()
      if (!isPerson) return
      try {
        page.location.assign(await openId.signOutUrl())
      } catch {
        session.end({
          tone: 'fault',
          sentence: 'You are signed out here. The server could not be told, and still knows you.',
        })
      }
    },
  }
}
