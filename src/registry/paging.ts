import type { PageRequest } from './provider-store.ts'

/** One query for almost every list that is read whole. */
const PAGE = 500

/** Every item of a paged list, page after page. */
export async function everyItem<T extends { readonly uid: string }>(
  list: (page: PageRequest) => Promise<readonly T[]>,
): Promise<T[]> {
  const all: T[] = []
  for (;;) {
    const last = all.at(-1)
    const found = await list(last === undefined ? { limit: PAGE } : { limit: PAGE, after: last.uid })
    all.push(...found)
    if (found.length < PAGE) return all
  }
}
