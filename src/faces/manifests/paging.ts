/** `limit` and `continue`. Source: Kubernetes API conventions, chunked lists. */
import { invalidFields } from '../../fault.ts'
import type { PageTokens } from '../../http/page-token.ts'
import type { PageRequest } from '../../registry/provider-store.ts'

const DEFAULT = 100
const LARGEST = 500

export interface ManifestPage {
  readonly query: Readonly<Record<string, string>>
  readonly tokens: PageTokens
  readonly organisation: string
  /** Names the list and its filters. */
  readonly question: string
}

/** Reads one page of records, those that `keep` lets through if it is there; `key` is what the next page starts after. */
export async function readManifestPage<R>(
  page: ManifestPage,
  read: (page: PageRequest) => Promise<R[]>,
  key: (record: R) => string,
  keep?: (record: R) => boolean,
): Promise<{ records: R[]; next: string | null }> {
  const size = sizeOf(page.query.limit)
  const token = page.query.continue
  let after =
    token === undefined || token === '' ? undefined : page.tokens.open(page.organisation, page.question, token)
  // One more than shown tells whether another page follows.
  const batchSize = keep === undefined ? size + 1 : LARGEST
  const records: R[] = []
  for (;;) {
    const batch = await read({ limit: batchSize, ...(after === undefined ? {} : { after }) })
    for (const record of batch) {
      if (keep !== undefined && !keep(record)) continue
      if (records.length === size) {
        const last = records.at(-1)
        return {
          records,
          next: last === undefined ? null : page.tokens.seal(page.organisation, page.question, key(last)),
        }
      }
      records.push(record)
    }
    const end = batch.at(-1)
    if (batch.length < batchSize || end === undefined) return { records, next: null }
    after = key(end)
  }
}

function sizeOf(limit: string | undefined): number {
  // Zero asks for no limit there; here it is the usual one.
  if (limit === undefined || limit === '' || limit === '0') return DEFAULT
  if (/^\d{1,9}$/.test(limit)) return Math.min(LARGEST, Number(limit))
  throw invalidFields([{ path: 'limit', code: 'field.invalid', message: 'must be a whole number' }])
}
