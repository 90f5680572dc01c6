/**
 * What the registry closes ends sessions: those of a person, a provider or an organisation that was disabled, has expired or
 * was deleted. They are dead by themselves, see `openid-provider/accounts.ts`; here they go for good, and their apps are told.
 */
import type { RegistryEvent, RegistryWrite, Write } from '../../../registry/stores.ts'
import type { EndFilter, SessionEnder } from './end-sessions.ts'

export interface ClosingOptions {
  readonly write: Write<RegistryWrite>
  readonly ender: SessionEnder
  readonly now: () => Date
  /** Told of endings that failed: nobody waits for them. */
  readonly onError: (error: unknown) => void
}

/** The same way of writing, after which sessions end in the background. */
export function endingSessions({ write, ender, now, onError }: ClosingOptions): Write<RegistryWrite> {
  return async (work) => {
    let events: RegistryEvent[] = []
    const answer = await write((tx) => {
      // Anew at every try of the transaction.
      events = []
      const audit = (event: RegistryEvent) => {
        events.push(event)
        tx.audit(event)
      }
      return work({ ...tx, audit })
    })
    for (const event of events) {
      const filter = closedBy(event, now())
      if (filter !== null) ender.end(filter).catch(onError)
    }
    return answer
  }
}

/** Whose sessions the event ends; null: nobody's. */
export function closedBy({ target, after }: Pick<RegistryEvent, 'target' | 'after'>, now: Date): EndFilter | null {
  const { kind, id, uid } = target
  const expiry = after?.expireTime
  const isExpired = typeof expiry === 'string' && new Date(expiry) <= now
  if (after !== null && after.enabled !== false && !isExpired) return null
  if (kind === 'person') return { person: uid }
  if (kind === 'provider') return { provider: uid }
  return kind === 'organisation' ? { organisation: id } : null
}
