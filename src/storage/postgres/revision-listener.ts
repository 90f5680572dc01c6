/**
 * Hears at once when another process has committed a change of the registry: a connection of its own that listens, and
 * comes back when it was lost. Where it hears nothing (an outage, a pooler in between, another engine), whoever polls the
 * revision still learns it.
 *
 * Source: PostgreSQL, LISTEN and NOTIFY: a notification is sent when the transaction that holds it commits, and not before.
 */
import type { ClientConfig } from 'pg'
import pg from 'pg'

/** A name of a channel, and of nothing that anybody else would choose. */
export const REVISION_CHANNEL = 'entente_revision'

export interface RevisionListenerOptions {
  readonly url: string
  /** Told of every notification; the revision, or null where some may have been missed. */
  readonly onRevision: (revision: number | null) => void
  /** Told once for every loss of the connection and every attempt in vain. */
  readonly onError: (error: Error) => void
}

/** Between attempts: soon at first, then rarely enough not to disturb a server that recovers. */
const FIRST_WAIT_MS = 100
const LONGEST_WAIT_MS = 5_000
const CONNECT_MS = 2_000
/** Networks lose connections without a word: so often it is asked whether it still answers. */
const ALIVE_EVERY_MS = 15_000
const ALIVE_WITHIN_MS = 3_000

/** Listens until it is stopped; never throws. */
export function listenForRevisions({ url, onRevision, onError }: RevisionListenerOptions): { stop(): Promise<void> } {
  const config: ClientConfig = {
    connectionString: url,
    keepAlive: true,
    application_name: 'entente (listens)',
    connectionTimeoutMillis: CONNECT_MS,
    query_timeout: ALIVE_WITHIN_MS,
  }
  let client: pg.Client | null = null
  let timer: NodeJS.Timeout | undefined
  let waitMs = FIRST_WAIT_MS
  let isStopped = false

  const lost = (which: pg.Client, error: Error) => {
    // A connection that breaks tells it several times, and one that was given up may still do so.
    if (client !== which || isStopped) return
    client = null
    clearTimeout(timer)
    which.end().catch(() => undefined) // it is gone already, or will be
    onError(error)
    timer = setTimeout(connect, waitMs)
    timer.unref()
    waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)
  }

  const checkLater = (which: pg.Client) => {
    timer = setTimeout(() => {
      which.query('select 1').then(
        () => client === which && checkLater(which),
        (error: Error) => lost(which, error),
      )
    }, ALIVE_EVERY_MS)
    timer.unref()
  }

  const connect = () => {
    const fresh = new pg.Client(config)
    client = fresh
    fresh.on('error', (error) => lost(fresh, error))
    fresh.on('end', () => lost(fresh, new Error('the connection that listens was ended')))
    fresh.on('notification', ({ payload }) => onRevision(revisionIn(payload)))
    fresh
      .connect()
      .then(() => fresh.query(`listen ${REVISION_CHANNEL}`))
      .then(
        () => {
          if (client !== fresh) return
          waitMs = FIRST_WAIT_MS
          // What was said while nobody listened.
          onRevision(null)
          checkLater(fresh)
        },
        (error: Error) => lost(fresh, error),
      )
  }

  connect()
  return {
    async stop() {
      isStopped = true
      clearTimeout(timer)
      await client?.end().catch(() => undefined) // stopping needs no farewell
    },
  }
}

/** Anybody with the database's password may say anything on the channel: then it is looked up. */
function revisionIn(payload: string | undefined): number | null {
  return payload !== undefined && /^\d{1,15}$/.test(payload) ? Number(payload) : null
}
