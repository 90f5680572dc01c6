/** What the pages ask of providers, and under which keys it is kept. */
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import type { EntenteClient, Schema } from '../../../src/client/index.ts'
import { useConsole } from '../../session/console.tsx'
import { useOrganisation } from '../../session/organisation.ts'
import { answerOf } from '../../session/refusal.ts'
import { merged, type Provider } from './provider.ts'
import { LISTS, type ListName, listProviders, readProvider } from './provider-calls.ts'
import { PLANE_OF, type Use } from './use.ts'

export const PROVIDERS = 'providers'

/** Where each list goes on; a list that is not named is at its end. */
type Cursor = Readonly<Partial<Record<ListName, string | null>>>

const BEGINNING: Cursor = Object.fromEntries(LISTS.map((list) => [list, null]))

/** All lists side by side, as one. */
export function useProviders() {
  const { client } = useConsole()
  const organisation = useOrganisation()
  return useInfiniteQuery({
    queryKey: [PROVIDERS, organisation],
    initialPageParam: BEGINNING,
    queryFn: ({ pageParam }) => nextPages(client, organisation, pageParam),
    getNextPageParam: ({ next }) => (Object.keys(next).length === 0 ? undefined : next),
    select: ({ pages }) =>
      merged(
        pages.flatMap(({ documents }) => documents),
        pages.flatMap(({ others }) => others),
      ),
  })
}

async function nextPages(client: EntenteClient, organisation: string, cursor: Cursor) {
  const wanted = LISTS.filter((list) => cursor[list] !== undefined)
  const pages = await Promise.all(
    wanted.map(async (list) => ({ list, ...(await listProviders(client, organisation, list, cursor[list] ?? null)) })),
  )
  const of = (isAlias: boolean) => pages.filter(({ list }) => (list === 'by-alias') === isAlias)
  const next: Cursor = Object.fromEntries(pages.flatMap(({ list, next }) => (next === null ? [] : [[list, next]])))
  return {
    documents: of(false).flatMap(({ providers }) => providers),
    others: of(true).flatMap(({ providers }) => providers),
    next,
  }
}

export function useProvider(use: Use, name: string) {
  const { client } = useConsole()
  const organisation = useOrganisation()
  return useQuery({
    queryKey: [PROVIDERS, organisation, use, name],
    queryFn: () => readProvider(client, organisation, use, name),
  })
}

export type Decision = Schema<'manifests.Decision'>

/** The newest decisions about it: a use that was granted, one that was refused, a test. */
export function useLastDecisions({ use, name }: Pick<Provider, 'use' | 'name'>) {
  const { client } = useConsole()
  const organisation = useOrganisation()
  const newest = async (filter: { readonly plane?: string; readonly outcome?: string }): Promise<Decision | null> => {
    const query = { provider: name, limit: '1', ...filter }
    const params = { path: { organisation }, query }
    const { items } = await answerOf(client.GET('/apis/entente.dev/v1/namespaces/{organisation}/decisions', { params }))
    return items[0] ?? null
  }
  return useQuery({
    queryKey: [PROVIDERS, organisation, use, name, 'last'],
    async queryFn() {
      const plane = PLANE_OF[use]
      const [granted, refused, test] = await Promise.all([
        newest({ plane, outcome: 'granted' }),
        newest({ plane, outcome: 'refused' }),
        use === 'workload' ? null : newest({ plane: 'test' }),
      ])
      return { granted, refused, test }
    },
  })
}
