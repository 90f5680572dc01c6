/** A refusal or a failed call, in the server's own words. */
import { Alert, Button, Code, Group, List, Stack, Text } from '@mantine/core'
import { Refusal } from '../session/refusal.ts'
import { WarningIcon } from './icons.tsx'
import { PageLink } from './page-link.tsx'

interface FaultAlertProps {
  readonly error: unknown
  /** What did not happen, first: "Nothing was deleted." */
  readonly consequence?: string
  readonly onRetry?: () => void
}

export function FaultAlert({ error, consequence, onRetry }: FaultAlertProps) {
  const refusal = error instanceof Refusal ? error : null
  return (
    <Alert role="alert" color="red" variant="light" icon={<WarningIcon size={20} />} title={consequence}>
      <Stack gap="xs">
        <Text size="sm">{refusal?.message ?? sentenceOf(error)}</Text>
        {refusal?.status === 400 && refusal.fields.length > 0 && (
          <List size="sm" spacing={2}>
            {refusal.fields.map(({ field, sentence, code }) => (
              <List.Item key={`${field} ${sentence} ${code}`}>
                {field !== '' && <Code>{field}</Code>} {sentence}
              </List.Item>
            ))}
          </List>
        )}
        {refusal !== null && <Reference refusal={refusal} />}
        {onRetry !== undefined && (
          <Group>
            <Button size="xs" variant="default" onClick={onRetry}>
              Try again
            </Button>
          </Group>
        )}
      </Stack>
    </Alert>
  )
}

function Reference({ refusal: { code, decision, request, status } }: { readonly refusal: Refusal }) {
  return (
    <Text size="xs" c="dimmed" className="breaks">
      {status} <Code>{code}</Code>
      {decision !== null && (
        <>
          {' · decision '}
          <PageLink size="xs" to="/decisions/$id" params={{ id: decision }}>
            {decision}
          </PageLink>
        </>
      )}
      {request !== null && ` · request ${request}`}
    </Text>
  )
}

/** What `fetch` throws where nobody answers says nothing to people. */
function sentenceOf(error: unknown): string {
  if (error instanceof TypeError) return 'The server could not be reached.'
  return error instanceof Error ? error.message : 'Something went wrong in the console.'
}
