/** Pages by number: `first` and `max`, answered as `{items, total}`. Source: CONTRACT.md section 3; wire.md section 4.1 for the default. */
import { type FieldFault, throwFields } from '../../fault.ts'
import type { ProviderFilter, ProviderScope } from '../../registry/provider-store.ts'
import { isPlainText } from '../../registry/texts.ts'

const DEFAULT = 100
const LARGEST = 1_000

export interface PageAsk {
  readonly first?: string | undefined
  readonly max?: string | undefined
}

export interface PageByNumber {
  readonly offset: number
  readonly limit: number
}

/** An empty parameter is an absent one. Faults: field.invalid */
export function readPageAsk({ first = '', max = '' }: PageAsk): PageByNumber {
  const faults: FieldFault[] = []
  const offset = first === '' ? 0 : wholeNumber(first)
  const limit = max === '' ? DEFAULT : wholeNumber(max)
  if (offset === null) faults.push({ path: 'first', code: 'field.invalid', message: 'must be a whole number' })
  if (limit === null || limit > LARGEST) {
    faults.push({ path: 'max', code: 'field.invalid', message: `must be a whole number from 0 to ${LARGEST}` })
  }
  throwFields(faults)
  return { offset: offset ?? 0, limit: limit ?? DEFAULT }
}

function wholeNumber(text: string): number | null {
  return /^\d{1,9}$/.test(text) ? Number(text) : null
}

/** The filter that `search` means, or null where no provider can be meant: no stored text has such characters. */
export function filterOf(scope: ProviderScope, search: string | undefined): ProviderFilter | null {
  if (search === undefined || search.trim() === '') return scope
  if (!isPlainText(search)) return null
  const { words, match } = searchOf(search.trim())
  return words === '' ? scope : { ...scope, search: words, searchAt: match }
}

/** `"name"`, `name*`, `*name*`; anything else is a part, too. */
function searchOf(search: string): { words: string; match: 'anywhere' | 'start' | 'whole' } {
  const [, quoted] = /^"(.*)"$/s.exec(search) ?? []
  if (quoted !== undefined) return { words: quoted, match: 'whole' }
  const words = search.replace(/^\*+|\*+$/g, '')
  return { words, match: search.endsWith('*') && !search.startsWith('*') ? 'start' : 'anywhere' }
}
