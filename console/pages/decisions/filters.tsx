/** Filters of the list; they are in the address, so that it can be passed on. */
import { Group, NativeSelect, TextInput } from '@mantine/core'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { type KeyboardEvent, useState } from 'react'
import { planeWords } from './rungs.ts'
import { type DecisionSearch, PLANES, readDecisionSearch } from './search.ts'

export function Filters() {
  const { plane, outcome, code, provider, period } = useSearch({ from: '/decisions' })
  const navigate = useNavigate({ from: '/decisions' })
  const set = (name: keyof DecisionSearch, value: string) =>
    void navigate({
      search: ({ organization, ...old }) => ({
        ...readDecisionSearch({ ...old, [name]: value === '' ? undefined : value }),
        ...(organization === undefined ? {} : { organization }),
      }),
      replace: true,
    })
  return (
    <Group gap="sm" align="end" className="filters">
      <NativeSelect
        label="Outcome"
        value={outcome ?? ''}
        onChange={(event) => set('outcome', event.currentTarget.value)}
        data={[
          { value: '', label: 'Any' },
          { value: 'refused', label: 'Refused' },
          { value: 'granted', label: 'Granted' },
        ]}
      />
      <NativeSelect
        label="Where"
        value={plane ?? ''}
        onChange={(event) => set('plane', event.currentTarget.value)}
        data={[{ value: '', label: 'Everywhere' }, ...PLANES.map((one) => ({ value: one, label: planeWords(one) }))]}
      />
      <NativeSelect
        label="Since"
        value={period ?? ''}
        onChange={(event) => set('period', event.currentTarget.value)}
        data={[
          { value: '', label: 'Ever' },
          { value: 'hour', label: 'An hour ago' },
          { value: 'day', label: 'A day ago' },
          { value: 'week', label: 'A week ago' },
        ]}
      />
      <TypedFilter
        key={`provider ${provider}`}
        label="Provider"
        value={provider}
        onSet={(next) => set('provider', next)}
      />
      <TypedFilter key={`code ${code}`} label="Code" value={code} onSet={(next) => set('code', next)} />
    </Group>
  )
}

interface TypedFilterProps {
  readonly label: string
  readonly value: string | undefined
  onSet(value: string): void
}

/** Compared whole by the API, so it is asked when the word is finished. */
function TypedFilter({ label, value = '', onSet }: TypedFilterProps) {
  const [typed, setTyped] = useState(value)
  const finish = () => {
    if (typed.trim() !== value) onSet(typed.trim())
  }
  return (
    <TextInput
      label={label}
      placeholder="Any"
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={finish}
      onKeyDown={(event: KeyboardEvent) => event.key === 'Enter' && finish()}
      autoCapitalize="none"
      spellCheck={false}
    />
  )
}
