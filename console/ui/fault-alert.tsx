/** A refusal or a failed call, in the server's own words. */
import { Button, Code, Group, List, Text } from '@mantine/core'
import { useSession } from '../session/console.tsx'
import { Refusal } from '../session/refusal.ts'
import { isUnreachable, UNREACHABLE } from '../session/unreachable.ts'
import { Notice } from './notice.tsx'
import { PageLink } from './page-link.tsx'

interface FaultAlertProps {
  readonly error: unknown
  /** What did not happen, first: "Nothing was deleted." */
  readonly consequence?: string
  readonly onRetry?: () => void
}

export function FaultAlert({ error, consequence, onRetry }: FaultAlertProps) {
  const refusal = error instanceof Refusal ? error : null
  // What was wrong with the question stays wrong.
  const mayPass = refusal === null || refusal.status >= 500 || refusal.status === 429
  return (
    <Notice tone="fault" title={consequence}>
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
      {refusal?.status === 403 && <Me />}
      {refusal !== null && <Reference refusal={refusal} />}
      {onRetry !== undefined && mayPass && (
        <Group>
          <Button size="xs" variant="default" onClick={onRetry}>
            Try again
          </Button>
        </Group>
      )}
    </Notice>
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

function sentenceOf(error: unknown): string {
  if (isUnreachable(error)) return UNREACHABLE
  return error instanceof Error ? error.message : 'Something went wrong in the console.'
}

/** Of whom the server said no; what they would need, it has said itself. */
function Me() {
  const session = useSession()
  if (session.kind !== 'person') return null
  const { name, roles, organisation } = session
  const held = roles.length === 0 ? 'without a role' : `with the role ${roles.join(', ')}`
  return (
    <Text size="sm">
      You are signed in as {name}, {held} in {organisation}.
    </Text>
  )
}
