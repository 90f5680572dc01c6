/** Pages without the console around them: of the step-up's window, and of a server that does not answer. */
import { Button, Center, Loader, Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { isUnreachable, UNREACHABLE } from '../session/unreachable.ts'

function Alone({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <Center component="main" mih="100vh" p="md">
      <Stack maw={420} gap="sm">
        <Title order={1}>{title}</Title>
        {children}
      </Stack>
    </Center>
  )
}

export function WorkingWindow() {
  return (
    <Alone title="One moment">
      <Text role="status">This window closes by itself. Should it not, close it: nothing is done then.</Text>
      <Loader size="sm" aria-hidden />
    </Alone>
  )
}

/** Opened by hand, or come back to after the page that opened it was gone. */
export function LonelyWindow() {
  return (
    <Alone title="Nothing to go on with here">
      <Text>
        This address belongs to a sign-in that was not begun in this window, or is over. Nothing was done. Close the
        window, or begin again in the console.
      </Text>
      <Button component="a" href="/console/" variant="default">
        Open the console
      </Button>
    </Alone>
  )
}

export function Unavailable({ error }: { readonly error: unknown }) {
  const sentence = isUnreachable(error)
    ? UNREACHABLE
    : `It met a fault: ${error instanceof Error ? error.message : error}`
  return (
    <Alone title="The console cannot go on">
      <Text role="alert">{sentence}</Text>
      <Button variant="default" onClick={() => window.location.reload()}>
        Load it again
      </Button>
    </Alone>
  )
}
