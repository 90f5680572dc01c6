/** What tokens are signed with, and the one thing to be done about it: have a key replaced before its time. */
import { Button, Group, Stack, Table, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Schema } from '../../../src/client/index.ts'
import { useConsole } from '../../session/console.tsx'
import { useOrganisation } from '../../session/organisation.ts'
import { answerOf } from '../../session/refusal.ts'
import { BusyButton } from '../../ui/busy-button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { FaultAlert } from '../../ui/fault-alert.tsx'
import { Moment } from '../../ui/moment.tsx'
import { PageTitle } from '../../ui/page-title.tsx'
import { StateBadge } from '../../ui/state-badge.tsx'
import { Empty, Loading } from '../../ui/states.tsx'

type SigningKey = Schema<'manifests.SigningKey'>

const KEYS = '/apis/entente.dev/v1/namespaces/{organisation}/signingkeys'
const STATES = { active: ['Active', 'good'], next: ['Next', 'next'], retired: ['Retired', 'off'] } as const

export function SigningKeysPage() {
  const { client } = useConsole()
  const organisation = useOrganisation()
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['signing-keys', organisation],
    queryFn: () => answerOf(client.GET(KEYS, { params: { path: { organisation }, query: { limit: '500' } } })),
  })
  const [rotated, setRotated] = useState<SigningKey | null>(null)
  return (
    <Stack gap="md">
      <PageTitle>Signing keys</PageTitle>
      <Text size="sm" c="dimmed" maw={640}>
        They are the same for every organisation, and are replaced by themselves. A key that takes over is published a
        day ahead, so that whoever verifies our tokens knows it in time.
      </Text>
      {isPending && <Loading what="signing keys" lines={3} />}
      {error !== null && <FaultAlert error={error} onRetry={() => void refetch()} />}
      {data?.items.length === 0 && <Empty title="There are no keys yet" />}
      {data !== undefined && data.items.length > 0 && (
        <Table verticalSpacing="sm" className="list">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Key</Table.Th>
              <Table.Th visibleFrom="sm">Made</Table.Th>
              <Table.Th visibleFrom="sm">Time</Table.Th>
              <Table.Th>State</Table.Th>
              <Table.Th>
                <span className="unseen">What can be done</span>
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {[...data.items].sort(byState).map((key) => (
              <Row key={key.metadata.name} signingKey={key} onRotate={() => setRotated(key)} />
            ))}
          </Table.Tbody>
        </Table>
      )}
      <RotateDialog signingKey={rotated} onClose={() => setRotated(null)} />
    </Stack>
  )
}

/** As they follow each other; of one state the newest first. */
function byState(a: SigningKey, b: SigningKey): number {
  const order = Object.keys(STATES)
  const states = order.indexOf(a.status.state) - order.indexOf(b.status.state)
  return states || b.metadata.creationTimestamp.localeCompare(a.metadata.creationTimestamp)
}

function Row({ signingKey, onRotate }: { readonly signingKey: SigningKey; onRotate(): void }) {
  const { metadata, spec, status } = signingKey
  const [word, tone] = STATES[status.state]
  return (
    <Table.Tr>
      <Table.Td>
        <Text size="sm" ff="monospace" className="breaks">
          {metadata.name}
        </Text>
        <Text size="xs" c="dimmed">
          {spec.algorithm}
        </Text>
        <Text size="xs" c="dimmed" hiddenFrom="sm">
          <Times {...status} />
        </Text>
      </Table.Td>
      <Table.Td visibleFrom="sm">
        <Moment at={metadata.creationTimestamp} />
      </Table.Td>
      <Table.Td visibleFrom="sm">
        <Times {...status} />
      </Table.Td>
      <Table.Td>
        <StateBadge tone={tone}>{word}</StateBadge>
      </Table.Td>
      <Table.Td ta="right">
        {status.state === 'active' && (
          <Button size="xs" variant="default" onClick={onRotate} aria-label={`Rotate ${metadata.name}`}>
            Rotate…
          </Button>
        )}
      </Table.Td>
    </Table.Tr>
  )
}

/** As far as the API says: since or from when it signs, and when it goes. */
function Times({ state, activeAt, removeAfter }: SigningKey['status']) {
  return (
    <>
      {state === 'next' ? 'signs ' : 'signs since '}
      <Moment at={activeAt} />
      {removeAfter !== undefined && (
        <>
          , removed <Moment at={removeAfter} />
        </>
      )}
    </>
  )
}

function RotateDialog({ signingKey, onClose }: { readonly signingKey: SigningKey | null; onClose(): void }) {
  return (
    <Dialog name="rotate" opened={signingKey !== null} onClose={onClose} title="Rotate the signing key">
      {signingKey !== null && <Form name={signingKey.metadata.name} onClose={onClose} />}
    </Dialog>
  )
}

function Form({ name, onClose }: { readonly name: string; onClose(): void }) {
  const { clientFor } = useConsole()
  const organisation = useOrganisation()
  const queries = useQueryClient()
  const { mutate, isPending, error, data } = useMutation({
    mutationFn: () => {
      const params = { path: { organisation, name } }
      return answerOf(clientFor('rotate this signing key').POST(`${KEYS}/{name}/rotate`, { params }))
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: ['signing-keys'] }),
  })
  return (
    <Stack gap="md">
      {data === undefined ? (
        <Text size="sm">
          A new key is published now, and takes over from <b className="breaks">{name}</b> in a day. Tokens that are
          signed already stay good until they end.
        </Text>
      ) : (
        <Text size="sm" role="status">
          <b className="breaks">{data.metadata.name}</b> is published, and signs <Moment at={data.status.activeAt} />.
        </Text>
      )}
      {error !== null && <FaultAlert error={error} consequence="Nothing was rotated" />}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {data === undefined ? 'Cancel' : 'Close'}
        </Button>
        {data === undefined && (
          <BusyButton onClick={() => mutate()} busy={isPending} data-autofocus>
            Rotate
          </BusyButton>
        )}
      </Group>
    </Stack>
  )
}
