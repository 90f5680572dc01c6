/** What was decided lately, newest first. */
import { Group, Stack, Table, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useSearch } from '@tanstack/react-router'
import type { Schema } from '../../../src/client/index.ts'
import { useConsole } from '../../session/console.tsx'
import { useOrganisation } from '../../session/organisation.ts'
import { answerOf } from '../../session/refusal.ts'
import { BusyButton } from '../../ui/busy-button.tsx'
import { FaultAlert } from '../../ui/fault-alert.tsx'
import { Moment } from '../../ui/moment.tsx'
import { PageTitle } from '../../ui/page-title.tsx'
import { Empty, Loading } from '../../ui/states.tsx'
import { Filters } from './filters.tsx'
import { FindDecision } from './find-decision.tsx'
import { OutcomeBadge } from './outcome-badge.tsx'
import { planeWords } from './rungs.ts'
import { type DecisionSearch, queryOf } from './search.ts'

type Decision = Schema<'manifests.Decision'>

/** A screen or two. */
const LIMIT = '50'

export function DecisionsPage() {
  const search = useSearch({ from: '/decisions' })
  const { plane, outcome, code, provider, period } = search
  const isFiltered = [plane, outcome, code, provider, period].some((one) => one !== undefined)
  const { data, error, isPending, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useDecisions(search)
  return (
    <Stack gap="md">
      <PageTitle>Decisions</PageTitle>
      <FindDecision />
      <Filters />
      {isPending && <Loading what="decisions" lines={8} />}
      {error !== null && <FaultAlert error={error} onRetry={() => void refetch()} />}
      {data?.length === 0 && (
        <Empty title={isFiltered ? 'None of them fits' : 'Nothing was decided yet'}>
          {isFiltered
            ? 'Take a filter away, or look further back.'
            : 'Every token exchange, sign-in and step-up leaves one, with all the checks it went through.'}
        </Empty>
      )}
      {data !== undefined && data.length > 0 && <Rows decisions={data} />}
      {hasNextPage && (
        <Group>
          <BusyButton variant="default" busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            Load more
          </BusyButton>
        </Group>
      )}
    </Stack>
  )
}

interface Cursor {
  readonly from: string
  /** The question of the page before. */
  readonly asked: Readonly<Record<string, string>>
}

const FIRST: Cursor = { from: '', asked: {} }

function useDecisions({ plane, outcome, code, provider, period }: DecisionSearch) {
  const { client } = useConsole()
  const organisation = useOrganisation()
  return useInfiniteQuery({
    queryKey: ['decisions', organisation, plane, outcome, code, provider, period],
    initialPageParam: FIRST,
    async queryFn({ pageParam: { from, asked } }) {
      // A page token is good for one question, so the moment to look back to is that of the first page.
      const filters = from === '' ? queryOf({ plane, outcome, code, provider, period }, Date.now()) : asked
      const query = { ...filters, limit: LIMIT, ...(from === '' ? {} : { continue: from }) }
      const params = { path: { organisation }, query }
      const list = await answerOf(client.GET('/apis/entente.dev/v1/namespaces/{organisation}/decisions', { params }))
      return { list, filters }
    },
    getNextPageParam: ({ list, filters }) =>
      list.metadata.continue === undefined ? undefined : { from: list.metadata.continue, asked: filters },
    select: ({ pages }) => pages.flatMap(({ list }) => list.items),
  })
}

function Rows({ decisions }: { readonly decisions: readonly Decision[] }) {
  return (
    <Table highlightOnHover verticalSpacing="xs" className="list">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>When</Table.Th>
          <Table.Th>What came of it</Table.Th>
          <Table.Th visibleFrom="sm">Where</Table.Th>
          <Table.Th visibleFrom="sm">Provider</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {decisions.map((decision) => (
          <Row key={decision.metadata.name} {...decision} />
        ))}
      </Table.Tbody>
    </Table>
  )
}

function Row({ metadata: { name, creationTimestamp }, spec: { plane, outcome, code, provider } }: Decision) {
  return (
    <Table.Tr>
      <Table.Td className="nowrap">
        <Link to="/decisions/$id" params={{ id: name }} className="row-link">
          <Moment at={creationTimestamp} />
        </Link>
      </Table.Td>
      <Table.Td>
        <Group gap="xs">
          <OutcomeBadge outcome={outcome} />
          {outcome === 'refused' && (
            <Text size="sm" ff="monospace" className="breaks">
              {code}
            </Text>
          )}
        </Group>
        <Text size="xs" c="dimmed" hiddenFrom="sm" className="breaks">
          {planeWords(plane)}
          {provider !== undefined && ` · ${provider}`}
        </Text>
      </Table.Td>
      <Table.Td visibleFrom="sm">
        <Text size="sm">{planeWords(plane)}</Text>
      </Table.Td>
      <Table.Td visibleFrom="sm" className="breaks">
        {provider ?? ''}
      </Table.Td>
    </Table.Tr>
  )
}
