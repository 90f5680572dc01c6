/** For whoever was refused and has the id: straight to why. */
import { Button, Group, TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { decisionIdIn } from './decision-id.ts'

export function FindDecision() {
  const navigate = useNavigate()
  const [typed, setTyped] = useState('')
  const [isRefused, setRefused] = useState(false)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const id = decisionIdIn(typed)
    setRefused(id === null)
    if (id !== null) void navigate({ to: '/decisions/$id', params: { id } })
  }
  return (
    <form onSubmit={submit}>
      <Group gap="sm" align="start">
        <TextInput
          aria-label="Decision id"
          placeholder="Paste a decision id, or the answer it stands in"
          className="grows"
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          error={
            isRefused ? 'There is no decision id in it. They look like 01a21452-d219-719e-8868-b77952dc2dd3.' : null
          }
          autoComplete="off"
          spellCheck={false}
        />
        <Button type="submit" variant="default">
          Why?
        </Button>
      </Group>
    </form>
  )
}
