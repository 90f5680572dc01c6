/** Where an operator acts. The server lists whom it lets act elsewhere more than one; everybody else sees the name of their own. */
import { NativeSelect, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useConsole } from '../session/console.tsx'
import { useHome, useOrganisation } from '../session/organisation.ts'
import { answerOf } from '../session/refusal.ts'

/** One page of the list, the longest there is; who has more types the name into the address. */
const MOST = '500'

export function OrganisationChoice() {
  const { client } = useConsole()
  const organisation = useOrganisation()
  const home = useHome()
  const navigate = useNavigate()
  const { data } = useQuery({
    queryKey: ['organizations'],
    queryFn: () => answerOf(client.GET('/apis/entente.dev/v1/organizations', { params: { query: { limit: MOST } } })),
  })
  const names = data?.items.map(({ metadata, spec }) => ({
    value: metadata.name,
    label:
      spec?.displayName === undefined || spec.displayName === metadata.name
        ? metadata.name
        : `${spec.displayName} (${metadata.name})`,
  }))
  if (names === undefined || names.length < 2) {
    return (
      <Text size="sm">
        <Text span inherit c="dimmed">
          Organisation{' '}
        </Text>
        {organisation}
      </Text>
    )
  }
  return (
    <NativeSelect
      label="Organisation"
      size="xs"
      data={names}
      value={organisation}
      onChange={(event) => {
        const next = event.currentTarget.value
        // What is open belongs to the organisation of before.
        void navigate({ to: '/providers', search: { organization: next === home ? undefined : next } })
      }}
    />
  )
}
