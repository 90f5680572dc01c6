/** What a test sign-in found; nothing of it was done. */
import { Code, Stack, Text, Title } from '@mantine/core'
import type { Schema } from '../../../src/client/index.ts'
import { FactRow, Facts, Folded } from '../../ui/facts.tsx'

type Spec = Schema<'manifests.Decision'>['spec']

const HOW = {
  known: 'known by a link that is there',
  linked: 'found, and would be linked',
  created: 'would be made as a new person',
} as const

export function Tested({ spec: { plane, claims, mapped, mappers = [], person } }: { readonly spec: Spec }) {
  if (plane !== 'test') return null
  const isEmpty = claims === undefined && mapped === undefined && mappers.length === 0 && person === undefined
  if (isEmpty) return null
  return (
    <Stack component="section" gap="xs" aria-labelledby="tested">
      <Title order={2} id="tested">
        What the test found
      </Title>
      <Facts>
        {person !== undefined && (
          <FactRow label="Person">
            {person.displayName ?? person.email ?? person.username ?? person.name ?? 'without a name'},{' '}
            {HOW[person.how]}
            {person.roleIds.length > 0 && `; roles ${person.roleIds.join(', ')}`}
            {person.groups.length > 0 && `; groups ${person.groups.join(', ')}`}
          </FactRow>
        )}
        {mappers.length > 0 && (
          <FactRow label="Mappers">
            {mappers.map(({ name, did, detail }) => (
              <Text key={name} size="sm" component="div">
                {name} <Code>{did}</Code> {detail}
              </Text>
            ))}
          </FactRow>
        )}
      </Facts>
      {claims !== undefined && <Folded summary="Show the claims" text={JSON.stringify(claims, null, 2)} />}
      {mapped !== undefined && (
        <Folded summary="Show what the mapping made of them" text={JSON.stringify(mapped, null, 2)} />
      )}
    </Stack>
  )
}
