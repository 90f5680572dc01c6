/** An address that leads to no page. */
import { Stack, Text } from '@mantine/core'
import { PageLink } from './page-link.tsx'
import { PageTitle } from './page-title.tsx'

export function NotFound() {
  return (
    <Stack gap="sm">
      <PageTitle>There is no such page</PageTitle>
      <Text>
        Perhaps the address was cut off.{' '}
        <PageLink to="/providers" underline="always">
          Go to the providers
        </PageLink>
        .
      </Text>
    </Stack>
  )
}
