/** One decision: what came of it, and every check on the way. */
import { Code, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import type { Schema } from '../../../src/client/index.ts'
import { useConsole } from '../../session/console.tsx'
import { useOrganisation } from '../../session/organisation.ts'
import { answerOf } from '../../session/refusal.ts'
import { Copied } from '../../ui/copied.tsx'
import { FactRow, Facts } from '../../ui/facts.tsx'
import { FaultAlert } from '../../ui/fault-alert.tsx'
import { BackIcon } from '../../ui/icons.tsx'
import { Moment } from '../../ui/moment.tsx'
import { exactText } from '../../ui/moment-text.ts'
import { PageLink } from '../../ui/page-link.tsx'
import { PageTitle } from '../../ui/page-title.tsx'
import { Loading } from '../../ui/states.tsx'
import { Explained } from './explained.tsx'
import { Ladder } from './ladder.tsx'
import { OutcomeBadge } from './outcome-badge.tsx'
import { planeWords } from './rungs.ts'
import { Tested } from './tested.tsx'

type Decision = Schema<'manifests.Decision'>

const DECISION = '/apis/entente.dev/v1/namespaces/{organisation}/decisions/{name}'

export function DecisionPage() {
  const { id } = useParams({ from: '/decisions/$id' })
  const { client } = useConsole()
  const organisation = useOrganisation()
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['decision', organisation, id],
    queryFn: () => answerOf(client.GET(DECISION, { params: { path: { organisation, name: id } } })),
    // It happened; nothing of it will change.
    staleTime: Infinity,
  })
  return (
    <Stack gap="lg">
      <PageLink to="/decisions" size="sm" className="back">
        <BackIcon /> Decisions
      </PageLink>
      {isPending && <Loading what="the decision" lines={8} />}
      {error !== null && (
        <>
          <PageTitle>Decision</PageTitle>
          <FaultAlert error={error} onRetry={() => void refetch()} />
          <Text size="sm" c="dimmed">
            It was looked for in the organisation {organisation}. What could not be told to belong to one lies in the
            server’s default organisation.
          </Text>
        </>
      )}
      {data !== undefined && <Shown decision={data} />}
    </Stack>
  )
}

function Shown({ decision: { metadata, spec } }: { readonly decision: Decision }) {
  const { plane, outcome, code, provider, trust, address, issued, rungs, conditionParts, nearestTrusts } = spec
  return (
    <>
      <PageTitle aside={<OutcomeBadge outcome={outcome} />}>{`${planeWords(plane)} ${outcome}`}</PageTitle>
      <Facts>
        {outcome === 'refused' && (
          <FactRow label="Code">
            <Code>{code}</Code>
          </FactRow>
        )}
        <FactRow label="When">
          <Moment at={metadata.creationTimestamp} />{' '}
          <Text span inherit c="dimmed">
            ({exactText(metadata.creationTimestamp)})
          </Text>
        </FactRow>
        {provider !== undefined && (
          <FactRow label="Provider">
            <PageLink to="/providers" search={{ text: provider }} inherit>
              {provider}
            </PageLink>
          </FactRow>
        )}
        {trust !== undefined && <FactRow label="Trust">{trust}</FactRow>}
        {address !== undefined && <FactRow label="From">{address}</FactRow>}
        {issued !== undefined && (
          <FactRow label="Token">
            for {issued.sub}
            {issued.scope !== undefined && `, scope ${issued.scope}`}, until {exactText(issued.expiresAt)}
          </FactRow>
        )}
        <FactRow label="Id">
          <Copied text={metadata.name} what="the id" />
        </FactRow>
      </Facts>
      <Stack component="section" gap="xs" aria-labelledby="ladder">
        <Title order={2} id="ladder">
          The checks, in their order
        </Title>
        <Ladder rungs={rungs} />
      </Stack>
      <Explained parts={conditionParts ?? []} trusts={nearestTrusts ?? []} />
      <Tested spec={spec} />
    </>
  )
}
