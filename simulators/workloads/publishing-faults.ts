/** The named things that can go wrong with what a source publishes, and with its clock. */
import type { JWK } from 'jose'
import type { DocumentName, Misdelivery, Published } from '../documents.ts'
import type { IssuerKeys } from '../signing-keys.ts'

export interface Publisher {
  readonly keys: IssuerKeys
  misdeliver(document: DocumentName, how: Misdelivery): void
  /** True where there is a discovery document beside the keys. */
  readonly hasDiscovery: boolean
  /** Seconds by which the clock is ahead from now on. */
  skew(seconds: number): void
  /** Called after the published keys changed: a bundle gets a new number then. */
  published(): void
}

interface FaultRow {
  readonly says: string
  readonly needsDiscovery?: true
  readonly happen: (at: Publisher) => void | Promise<void>
}

const SIZE_BYTES = 64 * 1_048_576
const DRIP_MS = 1_000
const CLOCK_SECONDS = { ahead: 300, behind: 7_200 }

const keysAre = (how: Misdelivery) => (at: Publisher) => at.misdeliver('jwks', how)
const altered = (alter: (keys: readonly JWK[], content: Published) => unknown): Misdelivery => ({
  kind: 'altered',
  alter: (content) => alter(keysIn(content), content),
})

const ROWS: Readonly<Record<string, FaultRow>> = {
  rotated: {
    says: 'signs with a new key; the old one stays published',
    happen: async (at) => {
      await at.keys.rotate()
      at.published()
    },
  },
  'rotated-same-kid': {
    says: 'signs with a new key under the kid of the old one',
    happen: async (at) => {
      await at.keys.rotate({ sameKid: true })
      at.published()
    },
  },
  'key-removed': {
    says: 'signs with a new key; the old one is published no longer',
    happen: async (at) => {
      await at.keys.rotate({ keepOld: false })
      at.published()
    },
  },
  unavailable: { says: 'keys answer 503', happen: keysAre({ kind: 'status', status: 503 }) },
  hanging: { says: 'keys begin to answer and never end', happen: keysAre({ kind: 'hang' }) },
  'slow-drip': { says: 'keys come a byte a second', happen: keysAre({ kind: 'drip', everyMs: DRIP_MS }) },
  huge: { says: 'keys come behind 64 MiB of spaces', happen: keysAre({ kind: 'huge', bytes: SIZE_BYTES }) },
  redirect: { says: 'keys answer 302 to where they really are', happen: keysAre({ kind: 'redirect' }) },
  html: { says: 'keys answer 200 with a page of HTML', happen: keysAre({ kind: 'html' }) },
  empty: {
    says: 'keys are an empty list',
    happen: keysAre(altered((_keys, content) => ({ ...numberless(content), keys: [] }))),
  },
  'without-kids': {
    says: 'keys have lost their ids',
    happen: keysAre(altered((keys, content) => ({ ...content, keys: keys.map(({ kid: _, ...key }) => key) }))),
  },
  'private-members': {
    says: 'a key that was never published stands in for the true one, with its private half',
    happen: async (at) => {
      const foreign = await at.keys.foreignJwk()
      at.misdeliver(
        'jwks',
        altered((_keys, content) => ({ ...content, keys: [foreign] })),
      )
    },
  },
  'duplicate-kid': {
    says: 'a key that was never published comes before the true one, under its kid',
    happen: async (at) => {
      const { d: _, p: __, q: ___, dp: ____, dq: _____, qi: ______, ...foreign } = await at.keys.foreignJwk()
      at.misdeliver(
        'jwks',
        altered((keys, content) => ({ ...content, keys: [foreign, ...keys] })),
      )
    },
  },
  symmetric: {
    says: 'a symmetric key stands in for the true one',
    happen: keysAre(
      altered((keys, content) => ({
        ...content,
        keys: keys.map(({ kid, use }) => ({ kty: 'oct', kid, use, alg: 'HS256', k: 'c2VjcmV0LXNlY3JldC1zZWNyZXQ' })),
      })),
    ),
  },
  'other-issuer': {
    says: 'discovery is about another issuer',
    needsDiscovery: true,
    happen: (at) =>
      at.misdeliver('discovery', {
        kind: 'altered',
        alter: (content) => ({ ...content, issuer: 'https://issuer.other.example' }),
      }),
  },
  'discovery-unavailable': {
    says: 'discovery answers 503',
    needsDiscovery: true,
    happen: (at) => at.misdeliver('discovery', { kind: 'status', status: 503 }),
  },
  'clock-ahead': { says: 'the clock is five minutes ahead', happen: (at) => at.skew(CLOCK_SECONDS.ahead) },
  'clock-behind': { says: 'the clock is two hours behind', happen: (at) => at.skew(-CLOCK_SECONDS.behind) },
}

/** Name → what it does, of those that can happen to the source. */
export function publishingFaults({ hasDiscovery }: Pick<Publisher, 'hasDiscovery'>): Readonly<Record<string, string>> {
  const possible = Object.entries(ROWS).filter(([, row]) => hasDiscovery || row.needsDiscovery !== true)
  return Object.fromEntries(possible.map(([name, { says }]) => [name, says]))
}

/** Throws for a name that is none, with those that are. */
export async function happen(at: Publisher, name: string): Promise<void> {
  const possible = publishingFaults(at)
  const row = Object.hasOwn(possible, name) ? ROWS[name] : undefined
  if (row === undefined) throw new Error(`no such fault: ${name}; there are ${Object.keys(possible).join(', ')}`)
  await row.happen(at)
}

function keysIn({ keys }: Published): readonly JWK[] {
  return Array.isArray(keys) ? keys : []
}

/** A list that lost its keys by mistake does not say that it is newer: with a higher number it would take them back. */
function numberless({ spiffe_sequence: _, ...content }: Published): Published {
  return content
}
