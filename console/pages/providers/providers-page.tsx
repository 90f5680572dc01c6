/** All providers of the organisation, whatever they are for. */
import { Group, SegmentedControl, Stack, Table, Text, TextInput } from '@mantine/core'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { BusyButton } from '../../ui/busy-button.tsx'
import { FaultAlert } from '../../ui/fault-alert.tsx'
import { SearchIcon } from '../../ui/icons.tsx'
import { Moment } from '../../ui/moment.tsx'
import { PageTitle } from '../../ui/page-title.tsx'
import { StateBadge } from '../../ui/state-badge.tsx'
import { Empty, Loading } from '../../ui/states.tsx'
import { matches, type Provider } from './provider.ts'
import { useProviders } from './queries.ts'
import { attentionOf } from './tones.ts'
import { isUse, USE_WORDS, USES } from './use.ts'

export function ProvidersPage() {
  const { use, text = '' } = useSearch({ from: '/providers' })
  const { data, error, isPending, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useProviders()
  const shown = data?.filter((one) => (use === undefined || one.use === use) && matches(one, text))
  return (
    <Stack gap="md">
      <PageTitle>Providers</PageTitle>
      <Filters />
      {isPending && <Loading what="providers" />}
      {error !== null && <FaultAlert error={error} onRetry={() => void refetch()} />}
      {shown !== undefined && shown.length > 0 && <Rows providers={shown} />}
      {shown?.length === 0 && <Nothing isFiltered={data?.length !== 0} />}
      {hasNextPage && (
        <Group>
          <BusyButton variant="default" busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            Load more
          </BusyButton>
          <Text size="sm" c="dimmed">
            The filters look at what is loaded.
          </Text>
        </Group>
      )}
    </Stack>
  )
}

function Filters() {
  const { use, text = '' } = useSearch({ from: '/providers' })
  const navigate = useNavigate({ from: '/providers' })
  return (
    <Group gap="sm">
      <SegmentedControl
        aria-label="What they are for"
        value={use ?? 'all'}
        onChange={(next) =>
          void navigate({ search: (old) => ({ ...old, use: isUse(next) ? next : undefined }), replace: true })
        }
        data={[{ value: 'all', label: 'All' }, ...USES.map((one) => ({ value: one, label: USE_WORDS[one] }))]}
      />
      <TextInput
        aria-label="Name or issuer"
        placeholder="Name or issuer"
        className="grows"
        leftSection={<SearchIcon />}
        value={text}
        onChange={(event) => {
          const next = event.currentTarget.value
          void navigate({ search: (old) => ({ ...old, text: next === '' ? undefined : next }), replace: true })
        }}
      />
    </Group>
  )
}

function Rows({ providers }: { readonly providers: readonly Provider[] }) {
  return (
    <Table highlightOnHover verticalSpacing="xs" className="list">
      <Table.Thead>
        <Table.Tr>
          <Table.Th className="column-name">Name</Table.Th>
          <Table.Th visibleFrom="sm">For</Table.Th>
          <Table.Th visibleFrom="sm">Issuer</Table.Th>
          <Table.Th>State</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {providers.map((provider) => (
          <Row key={`${provider.use} ${provider.name}`} {...provider} />
        ))}
      </Table.Tbody>
    </Table>
  )
}

function Row({ use, name, displayName, issuer, state, conditions, lastTestedAt }: Provider) {
  const remarks = attentionOf(conditions).filter((remark) => remark !== state.word)
  return (
    <Table.Tr>
      <Table.Td>
        <Link to="/providers/$use/$name" params={{ use, name }} className="row-link breaks">
          {displayName}
        </Link>
        {displayName !== name && (
          <Text size="xs" c="dimmed" ff="monospace" className="breaks">
            {name}
          </Text>
        )}
        <Text size="xs" c="dimmed" hiddenFrom="sm" className="breaks">
          {USE_WORDS[use]}
          {issuer !== null && ` · ${issuer}`}
        </Text>
      </Table.Td>
      <Table.Td visibleFrom="sm">{USE_WORDS[use]}</Table.Td>
      <Table.Td visibleFrom="sm">
        {issuer === null ? (
          <Text size="sm" c="dimmed">
            none
          </Text>
        ) : (
          <Text size="sm" ff="monospace" className="breaks">
            {issuer}
          </Text>
        )}
      </Table.Td>
      <Table.Td className="nowrap">
        <StateBadge tone={state.tone}>{state.word}</StateBadge>
        {remarks.map((remark) => (
          <Text key={remark} size="xs" c="dimmed">
            {remark}
          </Text>
        ))}
        {lastTestedAt !== null && (
          <Text size="xs" c="dimmed">
            tested <Moment at={lastTestedAt} />
          </Text>
        )}
      </Table.Td>
    </Table.Tr>
  )
}

function Nothing({ isFiltered }: { readonly isFiltered: boolean }) {
  if (isFiltered) return <Empty title="None of them fits">Take a filter away to see the others.</Empty>
  return (
    <Empty title="No providers yet">
      Register one with the command line (<code>entente apply</code>) or with one of the APIs.
    </Empty>
  )
}
