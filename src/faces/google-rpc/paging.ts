/** Paging of the faces. Source: their API's documentation: 10 to 100, default 25; requests spell the parameters both ways. */
import { invalidFields } from '../../fault.ts'
import type { PageTokens } from '../../http/page-token.ts'
import type { PageRequest } from '../../registry/provider-store.ts'

const SMALLEST = 10
const LARGEST = 100
const DEFAULT = 25

export interface PageAsk {
  readonly pageSize?: number | string | null | undefined
  readonly pageToken?: string | null | undefined
}

/** Either spelling of the query; a repeated parameter arrives as a list and is refused. */
export function readPageQuery(query: Readonly<Record<string, unknown>>): PageAsk {
  const pick = (snake: string, camel: string): string | undefined => {
    const value = query[snake] ?? query[camel]
    if (value === undefined || typeof value === 'string') return value
    throw invalidFields([{ path: snake, code: 'request.invalid', message: 'is repeated' }])
  }
  return { pageSize: pick('page_size', 'pageSize'), pageToken: pick('page_token', 'pageToken') }
}

/** Sizes outside the range are moved into it; anything that is no whole number is a fault. */
export function pageSizeOf(size: PageAsk['pageSize']): number {
  if (size === undefined || size === null || size === '') return DEFAULT
  const number = typeof size === 'number' ? size : /^-?\d{1,9}$/.test(size) ? Number(size) : Number.NaN
  if (!Number.isInteger(number) || number < 0) {
    throw invalidFields([{ path: 'pageSize', code: 'field.invalid', message: 'must be a whole number' }])
  }
  return Math.min(LARGEST, Math.max(SMALLEST, number))
}

/** Reads one page; one record more than shown tells whether another page follows. */
export async function readPage<R extends { readonly uid: string }>(
  ask: PageAsk,
  at: { readonly tokens: PageTokens; readonly organisation: string; readonly question: string },
  read: (page: PageRequest) => Promise<R[]>,
): Promise<{ records: R[]; nextPageToken: string }> {
  const size = pageSizeOf(ask.pageSize)
  const { pageToken } = ask
  const after = pageToken ? { after: at.tokens.open(at.organisation, at.question, pageToken) } : {}
  const records = await read({ limit: size + 1, ...after })
  const shown = records.slice(0, size)
  const last = shown.at(-1)
  const more = records.length > size && last !== undefined
  return { records: shown, nextPageToken: more ? at.tokens.seal(at.organisation, at.question, last.uid) : '' }
}
