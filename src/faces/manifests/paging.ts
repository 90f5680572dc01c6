/** `limit` and `continue`. Source: Kubernetes API conventions, chunked lists. */
import { type FieldFault, throwFields } from '../../fault.ts'
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

/** Reads one page of records that `keep` lets through; `key` is what the next page starts after. */
export async function readManifestPage<R>(
  page: ManifestPage,
  read: (page: PageRequest) => Promise<R[]>,
  key: (record: R) => string,
  keep: (record: R) => boolean = () => true,
): Promise<{ records: R[]; next: string | null }> {
  const size = sizeOf(page.query.limit)
  const token = page.query.continue
  let after =
    token === undefined || token === '' ? undefined : page.tokens.open(page.organisation, page.question, token)
  const records: R[] = []
  for (;;) {
    const batch = await read({ limit: LARGEST, ...(after === undefined ? {} : { after }) })
    for (const record of batch) {
      if (!keep(record)) continue
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
    if (batch.length < LARGEST || end === undefined) return { records, next: null }
    after = key(end)
  }
}

function sizeOf(limit: string | undefined): number {
  if (limit === undefined || limit === '' || limit === '0') return DEFAULT
  if (/^\d{1,9}$/.test(limit)) return Math.min(LARGEST, Number(limit))
  const fault: FieldFault = { path: 'limit', code: 'field.invalid', message: 'must be a whole number' }
  throwFields([fault])
  return DEFAULT
}
