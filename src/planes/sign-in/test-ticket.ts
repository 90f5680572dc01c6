/**
 * The address that begins a test sign-in: one of ours, good once and for some minutes. Whoever opens it first is the browser
 * that the test is bound to. It says nothing: who asked, and for which provider, is sealed in it.
 *
 * Source: CONTRACT.md section 3, `…/test`.
 */
import type { Json } from '../../json.ts'
import type { Provider } from '../../registry/provider.ts'
import type { SealedPlace } from '../../registry/registry.ts'
import type { OneTimeStore } from '../one-time-store.ts'
import type { BeginOptions } from './begin.ts'

/** To copy it into another browser, or to send it to the one who has the test account. */
export const TICKET_SECONDS = 600

const PLACE: SealedPlace = { organisation: '', table: 'test-sign-in', id: '', column: 'ticket' }
const SCOPE = 'test-sign-in'

/** Faults: none; that the provider's protocol has no way in is the caller's to see. */
export function testUrlOf(
  { publicUrl, sealing, now, newUid }: Pick<BeginOptions, 'publicUrl' | 'sealing' | 'now'> & { newUid: () => string },
  { uid }: Pick<Provider, 'uid'>,
): string {
  const expiresAt = now().getTime() + TICKET_SECONDS * 1000
  return `${publicUrl}/sign-in/test/${sealing.seal(PLACE, JSON.stringify([newUid(), uid, expiresAt]))}`
}

/** uid of the provider that the ticket is for, and the ticket used up; null for one that is none, old, or used. */
export async function takeTicket(
  { sealing, now, oneTime }: Pick<BeginOptions, 'sealing' | 'now'> & { readonly oneTime: OneTimeStore },
  ticket: string,
): Promise<string | null> {
  const read = opened(sealing, ticket)
  if (read === null || read.expiresAt <= now()) return null
  return (await oneTime.consume(SCOPE, read.id, read.expiresAt, now())) ? read.provider : null
}

/** Longer ones are not looked at. */
const TICKET_CHARACTERS = 512

function opened(sealing: BeginOptions['sealing'], ticket: string) {
  if (ticket.length > TICKET_CHARACTERS) return null
  try {
    // Sealed by `testUrlOf`, so it is what was written there.
    const [id, provider, expires]: Json[] = JSON.parse(sealing.open(PLACE, ticket))
    return typeof id === 'string' && typeof provider === 'string' && typeof expires === 'number'
      ? { id, provider, expiresAt: new Date(expires) }
      : null
  } catch {
    return null
  }
}
