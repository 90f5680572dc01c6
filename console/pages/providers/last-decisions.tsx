/** Last test, last use and last refusal, each with the decision that tells more. */
import { Code, Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { FactRow, Facts } from '../../ui/facts.tsx'
import { FaultAlert } from '../../ui/fault-alert.tsx'
import { Moment } from '../../ui/moment.tsx'
import { PageLink } from '../../ui/page-link.tsx'
import { Loading } from '../../ui/states.tsx'
import { rungWords } from '../decisions/rungs.ts'
import type { Provider } from './provider.ts'
import { type Decision, useLastDecisions } from './queries.ts'

export function LastDecisions({ provider }: { readonly provider: Provider }) {
  const { data, error, isPending, refetch } = useLastDecisions(provider)
  const { use, name, lastTestedAt } = provider
  return (
    <Stack component="section" gap="xs" aria-labelledby="lately">
      <Title order={2} id="lately">
        Lately
      </Title>
      {isPending && <Loading what="the last decisions" lines={2} />}
      {error !== null && <FaultAlert error={error} onRetry={() => void refetch()} />}
      {data !== undefined && (
        <Facts>
          <FactRow label="Last use">
            <Told decision={data.granted}>{null}</Told>
          </FactRow>
          <FactRow label="Last refusal">
            <Told decision={data.refused}>{data.refused !== null && <FailedAt decision={data.refused} />}</Told>
          </FactRow>
          {use !== 'workload' && (
            <FactRow label="Last test">
              <Told decision={data.test}>{data.test !== null && ` ${data.test.spec.outcome}`}</Told>
              {lastTestedAt !== null && (
                <>
                  {' '}
                  (succeeded <Moment at={lastTestedAt} />)
                </>
              )}
            </FactRow>
          )}
        </Facts>
      )}
      <Text size="sm">
        <PageLink to="/decisions" search={{ provider: name }} size="sm">
          All decisions about it
        </PageLink>
      </Text>
    </Stack>
  )
}

function Told({ decision, children }: { readonly decision: Decision | null; readonly children: ReactNode }) {
  if (decision === null)
    return (
      <Text span inherit c="dimmed">
        none on record
      </Text>
    )
  const { name, creationTimestamp } = decision.metadata
  return (
    <>
      <PageLink to="/decisions/$id" params={{ id: name }} inherit>
        <Moment at={creationTimestamp} />
      </PageLink>
      {children}
    </>
  )
}

function FailedAt({ decision: { spec } }: { readonly decision: Decision }) {
  const failed = spec.rungs.find(({ outcome }) => outcome === 'failed')
  return (
    <>
      {' '}
      <Code>{spec.code}</Code>
      {failed !== undefined && ` at “${rungWords(failed.name)}”`}
    </>
  )
}
