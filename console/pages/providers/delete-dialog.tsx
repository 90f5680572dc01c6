/** Deleting is for ever, so the name is typed. A step-up, where the organisation wants one, comes after. */
import { Button, Code, Group, Stack, Text, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { useConsole } from '../../session/console.tsx'
import { useOrganisation } from '../../session/organisation.ts'
import { BusyButton } from '../../ui/busy-button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { FaultAlert } from '../../ui/fault-alert.tsx'
import type { Provider } from './provider.ts'
import { deleteProvider } from './provider-calls.ts'
import { PROVIDERS } from './queries.ts'

interface DeleteDialogProps {
  readonly provider: Provider
  readonly opened: boolean
  onClose(): void
}

export function DeleteDialog({ provider, opened, onClose }: DeleteDialogProps) {
  return (
    <Dialog name="delete" opened={opened} onClose={onClose} title={`Delete ${provider.displayName}`}>
      <Form provider={provider} onClose={onClose} />
    </Dialog>
  )
}

function Form({ provider, onClose }: Omit<DeleteDialogProps, 'opened'>) {
  const { clientFor } = useConsole()
  const organisation = useOrganisation()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const [typed, setTyped] = useState('')
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => deleteProvider(clientFor('delete this provider'), organisation, provider),
    async onSuccess() {
      await navigate({ to: '/providers' })
      queries.removeQueries({ queryKey: [PROVIDERS, organisation, provider.use, provider.name] })
      await queries.invalidateQueries({ queryKey: [PROVIDERS, organisation] })
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (typed === provider.name) mutate()
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <Text size="sm">
          Whoever comes through it is refused from then on, at once and everywhere. It cannot be brought back; disabling
          it can.
        </Text>
        <TextInput
          label={
            <>
              Type <Code>{provider.name}</Code> to confirm
            </>
          }
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          data-autofocus
        />
        {error !== null && <FaultAlert error={error} consequence="Nothing was deleted" />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <BusyButton type="submit" color="red.9" busy={isPending} waiting={typed !== provider.name}>
            Delete
          </BusyButton>
        </Group>
      </Stack>
    </form>
  )
}
