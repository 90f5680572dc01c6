/** Why a condition refused: its parts, what they came to, and the trusts that came nearest. */
import './decisions.css'
import { Code, Stack, Text, Title } from '@mantine/core'
import type { Schema } from '../../../src/client/index.ts'
import { keyed } from './rungs.ts'

type Spec = Schema<'manifests.Decision'>['spec']
type Part = NonNullable<Spec['conditionParts']>[number]
type NearTrust = NonNullable<Spec['nearestTrusts']>[number]

export function Explained({
  parts,
  trusts,
}: {
  readonly parts: readonly Part[]
  readonly trusts: readonly NearTrust[]
}) {
  return (
    <>
      {parts.length > 0 && (
        <Stack component="section" gap="xs" aria-labelledby="parts">
          <Title order={2} id="parts">
            The condition, part by part
          </Title>
          <Parts parts={parts} />
        </Stack>
      )}
      {trusts.length > 0 && (
        <Stack component="section" gap="sm" aria-labelledby="trusts">
          <Title order={2} id="trusts">
            Other trusts of the provider, the nearest first
          </Title>
          {trusts.map(({ trust, verdict, hindrance, parts }) => (
            <Stack key={trust} gap={4}>
              <Text size="sm" className="breaks">
                <b>{trust}</b> came to {verdict}
                {hindrance !== undefined && (
                  <>
                    {' · also in the way: '}
                    <Code>{hindrance}</Code>
                  </>
                )}
              </Text>
              <Parts parts={parts} />
            </Stack>
          ))}
        </Stack>
      )}
    </>
  )
}

function Parts({ parts }: { readonly parts: readonly Part[] }) {
  return (
    <ul className="parts">
      {keyed(parts, ({ text }) => text).map(({ key, one: { text, value, reads, differs } }) => (
        <li key={key} className="part" data-differs={differs === true}>
          <div className="mono breaks">
            {text} <span className="part-value">→ {value}</span>
          </div>
          {differs === true && <div className="part-differs">The first that would have to come out otherwise</div>}
          {reads.map((read) => (
            <div key={read.text} className="mono breaks part-read">
              {read.text} = {read.value}
            </div>
          ))}
        </li>
      ))}
    </ul>
  )
}
