/** Paging by `offset` and `total`, or by `pageToken`; never both. Source: the API's documentation, 1 to 500, default 50. */
import { Fault, type FieldFault, throwFields } from '../../fault.ts'
import type { PageTokens } from '../../http/page-token.ts'
import type { PageRequest } from '../../registry/provider-store.ts'

const LARGEST = 500
const DEFAULT = 50

export interface PageAsk {
  readonly pageSize?: string | undefined
  readonly offset?: string | undefined
  readonly pageToken?: string | undefined
}

export interface PagePlace {
  readonly tokens: PageTokens
  readonly organisation: string
  /** Names the list and its filters. */
  readonly question: string
}

export interface PageSource<R> {
  list(page: PageRequest): Promise<readonly R[]>
  count(): Promise<number>
}

export interface Page<R> {
  readonly records: readonly R[]
  readonly numbers: { total: number; offset: number; pageSize: number; nextPageToken?: string }
}

/**
 * Reads one page. A page by number shifts when others remove; one by token does not, and tells its `offset` as the number
 * of items that the pages before it gave.
 *
 * Faults: field.invalid, page_token.invalid
 */
export async function readPage<R extends { readonly uid: string }>(
  ask: PageAsk,
  place: PagePlace,
  source: PageSource<R>,
): Promise<Page<R>> {
  const { size, start } = startOf(ask, place)
  // One record more than shown tells whether another page follows.
  const [found, total] = await Promise.all([
    source.list({ limit: size + 1, ...(start.after === null ? { offset: start.offset } : { after: start.after }) }),
    source.count(),
  ])
  const records = found.slice(0, size)
  const last = records.at(-1)
  const numbers = { total, offset: start.offset, pageSize: size }
  if (found.length <= size || last === undefined) return { records, numbers }
  const { tokens, organisation, question } = place
  const nextPageToken = tokens.seal(organisation, question, `${start.offset + size} ${last.uid}`)
  return { records, numbers: { ...numbers, nextPageToken } }
}

interface Start {
  readonly offset: number
  /** Uid of the last item before the page; null where only the number is known. */
  readonly after: string | null
}

/** An empty parameter is an absent one: clients send the token of the first page so. */
function startOf(ask: PageAsk, { tokens, organisation, question }: PagePlace): { size: number; start: Start } {
  const { pageSize = '', offset = '', pageToken = '' } = ask
  const faults: FieldFault[] = []
  const size = pageSize === '' ? DEFAULT : wholeNumber(pageSize)
  const skipped = offset === '' ? 0 : wholeNumber(offset)
  if (size === null || size < 1 || size > LARGEST) {
    faults.push({ path: 'pageSize', code: 'field.invalid', message: `must be a whole number from 1 to ${LARGEST}` })
  }
  if (skipped === null) faults.push({ path: 'offset', code: 'field.invalid', message: 'must be a whole number' })
  if (offset !== '' && pageToken !== '') {
    faults.push({ path: 'pageToken', code: 'field.invalid', message: 'cannot stand beside offset' })
  }
  throwFields(faults)
  const known = { size: size ?? DEFAULT, start: { offset: skipped ?? 0, after: null } }
  if (pageToken === '') return known
  const [, position, after] = /^(\d+) (.+)$/.exec(tokens.open(organisation, question, pageToken)) ?? []
  // We seal no other; a token of that question and another form would be from another version.
  if (position === undefined || after === undefined) {
    throw new Fault('invalid', 'page_token.invalid', 'The page token is not valid for this list.')
  }
  return { size: known.size, start: { offset: Number(position), after } }
}

function wholeNumber(text: string): number | null {
  return /^\d{1,9}$/.test(text) ? Number(text) : null
}
