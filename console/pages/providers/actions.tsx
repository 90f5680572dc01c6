/** What can be done with a provider here: switch it, test it, delete it. Whether one may, the server says. */
import { Anchor, Button, Group, Stack, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useConsole } from '../../session/console.tsx'
import { useOrganisation } from '../../session/organisation.ts'
import { BusyButton } from '../../ui/busy-button.tsx'
import { FaultAlert } from '../../ui/fault-alert.tsx'
import { DeleteDialog } from './delete-dialog.tsx'
import type { Provider } from './provider.ts'
import { switchProvider, testProvider } from './provider-calls.ts'
import { PROVIDERS } from './queries.ts'

export function Actions({ provider }: { readonly provider: Provider }) {
  const { clientFor } = useConsole()
  const organisation = useOrganisation()
  const queries = useQueryClient()
  const [isDeleting, setDeleting] = useState(false)
  const refresh = () => queries.invalidateQueries({ queryKey: [PROVIDERS, organisation] })
  const toggle = useMutation({
    mutationFn: (enabled: boolean) =>
      switchProvider(clientFor(`${wordOf(enabled)} this provider`), organisation, provider, enabled),
    // Also after a conflict: what it says is that the page is out of date.
    onSettled: refresh,
  })
  const test = useMutation({
    mutationFn: (_tab: Window | null) => testProvider(clientFor('test this provider'), organisation, provider),
    onSuccess: (url, tab) => tab?.location.replace(url),
    onError: (_error, tab) => tab?.close(),
  })
  return (
    <Stack gap="sm">
      <Group gap="sm">
        {provider.use !== 'workload' && (
          <BusyButton onClick={() => test.mutate(openTab())} busy={test.isPending} variant="default">
            Test sign-in
          </BusyButton>
        )}
        <BusyButton onClick={() => toggle.mutate(!provider.enabled)} busy={toggle.isPending} variant="default">
          {provider.enabled ? 'Disable' : 'Enable'}
        </BusyButton>
        <Button onClick={() => setDeleting(true)} variant="default" className="grave">
          Delete…
        </Button>
      </Group>
      {test.data !== undefined && (
        <Text size="sm" role="status">
          It goes on in the other tab; nobody is signed in or changed by it. If there is none,{' '}
          <Anchor href={test.data} target="_blank" rel="noreferrer" inherit underline="always">
            open it here
          </Anchor>
          .
        </Text>
      )}
      {test.error !== null && <FaultAlert error={test.error} consequence="No test was begun" />}
      {toggle.error !== null && (
        <FaultAlert error={toggle.error} consequence={`It was not ${wordOf(toggle.variables)}d`} />
      )}
      <DeleteDialog provider={provider} opened={isDeleting} onClose={() => setDeleting(false)} />
    </Stack>
  )
}

function wordOf(enabled: boolean): string {
  return enabled ? 'enable' : 'disable'
}

/** Opened while the button is being pressed, since browsers open none later; it has no hold on this page. */
function openTab(): Window | null {
  const tab = window.open('about:blank', '_blank')
  if (tab !== null) tab.opener = null
  return tab
}
