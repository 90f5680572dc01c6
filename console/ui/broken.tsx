/** A page that could not be loaded or shown; the others are still there. */
import { Button, Group, Stack } from '@mantine/core'
import { FaultAlert } from './fault-alert.tsx'
import { PageTitle } from './page-title.tsx'

export function Broken({ error }: { readonly error: unknown }) {
  return (
    <Stack gap="md">
      <PageTitle>This page cannot be shown</PageTitle>
      <FaultAlert error={error} />
      <Group>
        <Button variant="default" onClick={() => window.location.reload()}>
          Load it again
        </Button>
      </Group>
    </Stack>
  )
}
