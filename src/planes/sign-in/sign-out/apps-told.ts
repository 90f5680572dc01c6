/** Apps that are told of ended sessions, in the background: nobody's logout waits for somebody else's app. */
import type { AppNotice } from '../../openid-provider/session-end.ts'

export interface AppsToTell {
  tell(notices: readonly AppNotice[]): void
  /** Resolves when every app was told or given up on. */
  drain(): Promise<void>
}

export interface TellOptions {
  /** An app that could not be told, at last. */
  readonly onUntold: (clientId: string, error: unknown) => void
  readonly sleep: (milliseconds: number) => Promise<void>
}

/** At once, then when a restart of the app may be over. */
const WAITS_MS = [0, 1_000, 5_000]
/** Requests at a time: a provider switched off may end thousands of sessions. */
const AT_ONCE = 16
/** Beyond it apps are not told: they find out at their next refresh. */
const WAITING = 20_000

export function createAppsToTell({ onUntold, sleep }: TellOptions): AppsToTell {
  const waiting: AppNotice[] = []
  const running = new Set<Promise<void>>()
  let isStopping = false

  const send = async ({ clientId, send }: AppNotice) => {
    let failure: unknown
    for (const wait of WAITS_MS) {
      // Who stops does not wait for an app that did not answer.
      if (wait > 0 && isStopping) break
      if (wait > 0) await sleep(wait)
      try {
        return await send()
      } catch (error) {
        failure = error
      }
    }
    onUntold(clientId, failure)
  }

  const work = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await send(next)
  }

  return {
    tell(notices) {
      for (const notice of notices) {
        if (waiting.length >= WAITING) onUntold(notice.clientId, new Error('too many apps wait to be told'))
        else waiting.push(notice)
      }
      while (running.size < AT_ONCE && waiting.length > 0) {
        const worker: Promise<void> = work().finally(() => running.delete(worker))
        running.add(worker)
      }
    },
    async drain() {
      isStopping = true
      await Promise.all(running)
    },
  }
}
