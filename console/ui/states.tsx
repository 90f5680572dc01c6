/** What stands where content is not there: still on its way, or none at all. */
import { Skeleton, Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'

/** Lines that will be there; said once to those who cannot see them. */
export function Loading({ lines = 6, what }: { readonly lines?: number; readonly what: string }) {
  const places = Array.from({ length: lines }, (_, at) => at)
  return (
    <Stack gap="xs" role="status" aria-label={`Loading ${what}`}>
      {places.map((at) => (
        <Skeleton key={at} h={34} />
      ))}
    </Stack>
  )
}

export function Empty({ title, children }: { readonly title: string; readonly children?: ReactNode }) {
  return (
    <Stack gap={4} className="empty">
      <Text fw={600}>{title}</Text>
      {children !== undefined && (
        <Text size="sm" c="dimmed">
          {children}
        </Text>
      )}
    </Stack>
  )
}
