/** What the address of the list says. */
import { isUse, type Use } from './use.ts'

export interface ProviderSearch {
  readonly use?: Use | undefined
  readonly text?: string | undefined
}

/** What is none of them is left out: an address is typed by people, too. */
export function readProviderSearch({ use, text }: Readonly<Record<string, unknown>>): ProviderSearch {
  return {
    ...(isUse(use) ? { use } : {}),
    ...(typeof text === 'string' && text !== '' ? { text } : {}),
  }
}
