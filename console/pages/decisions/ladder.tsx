/** The ladder of checks: what passed, what refused, and what was not reached. */
import './decisions.css'
import { Code, Text } from '@mantine/core'
import { CheckIcon, CrossIcon, DashIcon } from '../../ui/icons.tsx'
import { keyed, type Rung, rungLines, rungWords } from './rungs.ts'

const LOOKS = {
  passed: { icon: <CheckIcon size={14} />, word: 'passed' },
  failed: { icon: <CrossIcon size={14} />, word: 'failed' },
  skipped: { icon: <DashIcon size={14} />, word: 'skipped' },
} as const

export function Ladder({ rungs }: { readonly rungs: readonly Rung[] }) {
  return (
    <ol className="ladder">
      {keyed(rungs, ({ name }) => name).map(({ key, one }) => (
        <Step key={key} rung={one} />
      ))}
    </ol>
  )
}

function Step({ rung }: { readonly rung: Rung }) {
  const { name, outcome, code } = rung
  const { icon, word } = LOOKS[outcome]
  return (
    <li className="rung" data-outcome={outcome}>
      <span className="rung-mark" role="img" aria-label={word}>
        {icon}
      </span>
      <div className="rung-text">
        <Text size="sm" component="div" fw={outcome === 'failed' ? 650 : 500}>
          {rungWords(name)}
          {code !== undefined && (
            <>
              {' '}
              <Code>{code}</Code>
            </>
          )}
        </Text>
        {rungLines(rung).map(({ label, text }) => (
          <Text key={label} size="sm" component="div" className="rung-line">
            <span className="rung-label">{label}</span>
            <span className="breaks mono">{text}</span>
          </Text>
        ))}
      </div>
    </li>
  )
}
