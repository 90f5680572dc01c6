/** One provider: what it is, how it does, and what can be done with it. */
import { Group, Stack, Text, Title } from '@mantine/core'
import { useParams } from '@tanstack/react-router'
import { Copied } from '../../ui/copied.tsx'
import { FactRow, Facts, Folded } from '../../ui/facts.tsx'
import { FaultAlert } from '../../ui/fault-alert.tsx'
import { BackIcon } from '../../ui/icons.tsx'
import { Moment } from '../../ui/moment.tsx'
import { NotFound } from '../../ui/not-found.tsx'
import { PageLink } from '../../ui/page-link.tsx'
import { PageTitle } from '../../ui/page-title.tsx'
import { StateBadge } from '../../ui/state-badge.tsx'
import { Loading } from '../../ui/states.tsx'
import { Actions } from './actions.tsx'
import { Conditions } from './conditions.tsx'
import { type Fact, factsOf } from './facts.ts'
import { LastDecisions } from './last-decisions.tsx'
import type { Provider } from './provider.ts'
import { useProvider } from './queries.ts'
import { isUse, USE_WORDS, type Use } from './use.ts'

export function ProviderPage() {
  const { use, name } = useParams({ from: '/providers/$use/$name' })
  return isUse(use) ? <Known key={`${use} ${name}`} use={use} name={name} /> : <NotFound />
}

function Known({ use, name }: { readonly use: Use; readonly name: string }) {
  const { data, error, isPending, refetch } = useProvider(use, name)
  return (
    <Stack gap="lg">
      <PageLink to="/providers" size="sm" className="back">
        <BackIcon /> Providers
      </PageLink>
      {isPending && <Loading what="the provider" lines={8} />}
      {error !== null && data === undefined && (
        <>
          <PageTitle>{name}</PageTitle>
          <FaultAlert error={error} onRetry={() => void refetch()} />
        </>
      )}
      {data !== undefined && <Shown provider={data} />}
    </Stack>
  )
}

function Shown({ provider }: { readonly provider: Provider }) {
  const { use, name, displayName, state, createdAt, conditions, lint, spec } = provider
  return (
    <>
      <PageTitle aside={<StateBadge tone={state.tone}>{state.word}</StateBadge>}>{displayName}</PageTitle>
      <Actions provider={provider} />
      <LastDecisions provider={provider} />
      {(conditions.length > 0 || lint.length > 0) && <Conditions conditions={conditions} lint={lint} />}
      <Stack component="section" gap="xs" aria-labelledby="settings">
        <Title order={2} id="settings">
          Settings
        </Title>
        <Facts>
          <FactRow label="Name">
            <Copied text={name} what="the name" />
          </FactRow>
          <FactRow label="For">{USE_WORDS[use]}</FactRow>
          {factsOf(spec).map((fact) => (
            <FactRow key={`${fact.label} ${fact.value}`} label={fact.label}>
              <Value {...fact} />
            </FactRow>
          ))}
          {createdAt !== null && (
            <FactRow label="Registered">
              <Moment at={createdAt} />
            </FactRow>
          )}
        </Facts>
        <Group>
          <Text size="xs" c="dimmed">
            Secrets are written and never shown. Settings are changed with the APIs and the command line.
          </Text>
        </Group>
      </Stack>
    </>
  )
}

function Value({ label, value, form }: Fact) {
  if (form === 'long') return <Folded summary={`Show ${label.toLowerCase()}`} text={value} />
  if (form === 'text') return value
  return (
    <Text span inherit ff="monospace" className="lines">
      {value}
    </Text>
  )
}
