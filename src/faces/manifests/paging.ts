/** `limit`, `continue` and `labelSelector`. Source: Kubernetes API conventions, chunked lists. */
import { invalidFields } from '../../fault.ts'
import type { PageTokens } from '../../http/page-token.ts'
import type { PageRequest } from '../../registry/provider-store.ts'
import type { KindAsk, Listed } from './kind.ts'
import { labelTest } from './labels.ts'

/** Parameters of every list, each with a sentence. */
export const LIST_PARAMETERS = {
  limit: '1 to 500, default 100. A page may be shorter though another one follows.',
  continue: 'metadata.continue of the page before.',
  labelSelector: 'Terms like a=b, a!=b, a in (b,c), a notin (b,c), a and !a, joined by commas.',
} as const

const DEFAULT = 100
const LARGEST = 500
/** Records that one request looks at for a selector that few of them fit: some tens of milliseconds. */
const LOOKED_AT = 5_000

export interface Listing<R> {
  /** Names the list and its filters: page tokens are good for one of them. */
  readonly question: string
  read(page: PageRequest): Promise<R[]>
  /** What the next page starts after. */
  key(record: R): string
  /** Absent for records that have none. */
  labels?(record: R): Readonly<Record<string, string>>
  show(record: R): object | Promise<object>
}

/** One page of records as documents, those that the selector fits. */
export async function listed<R>(tokens: PageTokens, { caller, query }: KindAsk, listing: Listing<R>): Promise<Listed> {
  const { organisation } = caller
  const selector = query.labelSelector ?? ''
  const matches = labelTest(selector)
  const size = sizeOf(query.limit)
  const question = `${listing.question} ${selector}`
  const token = query.continue ?? ''
  const after = token === '' ? undefined : tokens.open(organisation, question, token)
  const { labels } = listing
  if (labels === undefined && !matches({})) return { items: [], next: null }
  const keep = labels === undefined || selector === '' ? null : (record: R) => matches(labels(record))
  const { records, last } = await pageOf(listing, { size, after, keep })
  const items = await Promise.all(records.map((record) => listing.show(record)))
  return { items, next: last === null ? null : tokens.seal(organisation, question, last) }
}

interface Wanted<R> {
  readonly size: number
  readonly after: string | undefined
  readonly keep: ((record: R) => boolean) | null
}

/** The records of the page, and the key of the last one looked at where others follow. */
async function pageOf<R>({ read, key }: Listing<R>, { size, after, keep }: Wanted<R>) {
  // One more than shown tells whether another page follows.
  const batchSize = keep === null ? size + 1 : LARGEST
  const records: R[] = []
  let last: string | null = null
  for (let lookedAt = 0; lookedAt < LOOKED_AT; lookedAt += batchSize) {
    const from = last ?? after
    const batch = await read({ limit: batchSize, ...(from === undefined ? {} : { after: from }) })
    for (const record of batch) {
      if (keep === null || keep(record)) {
        if (records.length === size) return { records, last }
        records.push(record)
      }
      last = key(record)
    }
    if (batch.length < batchSize) return { records, last: null }
  }
  return { records, last }
}

/** Documents on a page, by the parameter. Faults: field.invalid */
export function sizeOf(limit: string | undefined): number {
  // Zero asks for no limit there; here it is the usual one.
  if (limit === undefined || limit === '' || limit === '0') return DEFAULT
  if (/^\d{1,9}$/.test(limit)) return Math.min(LARGEST, Number(limit))
  throw invalidFields([{ path: 'limit', code: 'field.invalid', message: 'must be a whole number' }])
}
