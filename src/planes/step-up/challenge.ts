/** What one transaction asks of its provider, and whether that is still the same provider when the answer comes. */
import { createHash } from 'node:crypto'
import { type Level, sufficient, weakestContexts } from '../../registry/levels.ts'
import type { Organisation } from '../../registry/organisation.ts'
import type { SignInDemands } from '../../registry/protocol.ts'
import type { Provider } from '../../registry/provider.ts'
import type { StepUpTransaction } from '../../registry/step-up-transaction.ts'
import type { AskedLevel } from '../openid-provider/asked-level.ts'
import { styleOf } from './style.ts'

/** Null where nothing at the provider reaches the level any more. */
export function demandsOf(
  organisation: Organisation,
  provider: Provider,
  { level, maxAgeSeconds }: Pick<StepUpTransaction, 'level' | 'maxAgeSeconds'>,
  preferred: readonly Level[] = [],
): SignInDemands | null {
  const entries = level === null ? null : sufficient(organisation, provider, level, preferred)
  if (entries?.length === 0) return null
  // Every approval is a new challenge: without an age the proof has to be made now.
  return styleOf(provider).demands(provider, { entries, maxAge: maxAgeSeconds ?? 0 })
}

/** What a login is asked for, in the provider's own words, so that it reaches the level; nothing where no word does. */
export function levelDemands(
  organisation: Organisation,
  provider: Provider,
  asked: AskedLevel,
  preferred: readonly Level[],
): SignInDemands {
  const entries = asked === null || asked === 'unknown' ? [] : sufficient(organisation, provider, asked, preferred)
  const contexts = weakestContexts(entries)
  if (contexts !== null) return { acrs: contexts.map((context) => context.toLowerCase()) }
  const values = [...new Set(entries.flatMap((entry) => entry.values))]
  return values.length === 0 ? {} : { acrValues: values }
}

/** Changes with everything that an answer is judged by: whoever alters the provider ends the transactions that are out. */
export function fingerprintOf({ issuer, expectedIssuer, settings }: Provider): string {
  return createHash('sha256')
    .update(JSON.stringify([issuer, expectedIssuer, settings]))
    .digest('base64url')
}
