/** How the provider does, in the words of its conditions and of lint. */
import { Code, Stack, Text, ThemeIcon, Title } from '@mantine/core'
import { CheckIcon, DashIcon, WarningIcon } from '../../ui/icons.tsx'
import type { Condition, Finding } from './provider.ts'
import { titleOf, toneOf } from './tones.ts'

interface ConditionsProps {
  readonly conditions: readonly Condition[]
  readonly lint: readonly Finding[]
}

export function Conditions({ conditions, lint }: ConditionsProps) {
  return (
    <Stack component="section" gap="xs" aria-labelledby="conditions">
      <Title order={2} id="conditions">
        Condition
      </Title>
      <ul className="remarks">
        {conditions.map((condition) => (
          <Remark key={condition.type} tone={toneOf(condition)} title={titleOf(condition)}>
            {condition.message}
          </Remark>
        ))}
        {lint.map(({ rule, severity, message }) => (
          <Remark key={`${rule} ${message}`} tone={severity === 'info' ? 'plain' : 'attention'} title={rule} isCode>
            {message}
          </Remark>
        ))}
      </ul>
    </Stack>
  )
}

interface RemarkProps {
  readonly tone: ReturnType<typeof toneOf>
  readonly title: string
  /** The title is a name that is looked up elsewhere. */
  readonly isCode?: boolean
  readonly children: string
}

const LOOKS = {
  good: { color: 'teal', icon: <CheckIcon size={14} />, word: 'fine' },
  attention: { color: 'orange', icon: <WarningIcon size={14} />, word: 'needs attention' },
  plain: { color: 'gray', icon: <DashIcon size={14} />, word: 'for your information' },
} as const

function Remark({ tone, title, isCode = false, children }: RemarkProps) {
  const { color, icon, word } = LOOKS[tone]
  return (
    <li className="remark">
      <ThemeIcon variant="light" color={color} size="sm" radius="xl" role="img" aria-label={word}>
        {icon}
      </ThemeIcon>
      <div>
        <Text size="sm" fw={600} component="span">
          {isCode ? <Code>{title}</Code> : title}
        </Text>
        <Text size="sm" className="breaks">
          {children}
        </Text>
      </div>
    </li>
  )
}
