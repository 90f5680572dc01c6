/** What is asked, and why, before the window opens: browsers open one only for a person who presses a button. */
import { Button, Group, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState, useSyncExternalStore } from 'react'
import { BusyButton } from '../ui/busy-button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Notice } from '../ui/notice.tsx'
import { useConsole } from './console.tsx'
import { SignInFault } from './sign-in-fault.ts'
import type { StepUpAsk } from './step-up.ts'

export function StepUpDialog() {
  const { stepUp } = useConsole()
  const ask = useSyncExternalStore(stepUp.subscribe, stepUp.get)
  return (
    <Dialog name="step-up" opened={ask !== null} onClose={() => ask?.end(false)} title="Prove that it is you">
      {ask !== null && <Ask ask={ask} />}
    </Dialog>
  )
}

function Ask({ ask }: { readonly ask: StepUpAsk }) {
  const [round, setRound] = useState(1)
  const [fault, setFault] = useState<SignInFault | null>(null)
  const [isOut, setOut] = useState(false)
  // Each try is a request of its own, made before the button is pressed.
  const begun = useQuery({
    queryKey: ['step-up', ask, round],
    queryFn: () => ask.prepare(),
    staleTime: Infinity,
    gcTime: 0,
  })
  const prove = async () => {
    if (begun.data === undefined) return
    setFault(null)
    setOut(true)
    const refused = await ask.prove(begun.data)
    if (refused === null) return ask.end(true)
    setFault(refused)
    setOut(false)
    setRound(round + 1)
  }
  const shown = fault ?? (begun.error === null ? null : SignInFault.of(begun.error))
  return (
    <Stack gap="md">
      <Text size="sm">
        Your organisation asks you to prove who you are again before you {ask.purpose}. A window opens, in which{' '}
        <b>{ask.name}</b> signs in with a second factor.
      </Text>
      {shown !== null && (
        <Notice tone="fault" title="Nothing was done">
          <Text size="sm">{shown.message}</Text>
          <Text size="xs" c="dimmed" className="breaks">
            {shown.code}
            {shown.decision !== null && ` · decision ${shown.decision}`}
          </Text>
        </Notice>
      )}
      <Text size="sm" c="dimmed" role="status">
        {isOut ? 'Waiting for the other window…' : ''}
      </Text>
      <Group justify="flex-end">
        <Button variant="default" onClick={() => ask.end(false)}>
          Cancel
        </Button>
        <BusyButton onClick={prove} busy={isOut} waiting={begun.data === undefined} data-autofocus>
          {fault === null ? 'Prove it' : 'Try again'}
        </BusyButton>
      </Group>
    </Stack>
  )
}
