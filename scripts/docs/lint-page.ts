/** Every lint rule, from the catalogues of lint. */
import { providerRules, type RuleEntry, trustRules } from '../../src/claims/lint/rules.ts'

export function lintPage(): string {
  return [
    '# Lint',
    '',
    'Generated from `src/claims/lint/rules.ts`; change it there and run `npm run docs`. Names of rules are stable.',
    '',
    'An error refuses the write that brings it, unless the rule is in the `acknowledgedLint` of the trust; who acknowledged',
    'what, and when, is in the audit record of that write. An acknowledgement is of one condition: who changes the condition',
    'gives it again. A trust that was open before may be renamed, narrowed and switched off. Warnings and remarks refuse',
    'nothing; they stand, like errors, in `status.lint` of the manifest, in its condition `LintFindings`, and in what',
    '`entente lint` prints.',
    '',
    'An error weighs as a warning where the issuer belongs to one company, or where `allowSourceCidrs` holds the trust to some',
    'addresses. A policy is called open only with the claims of a stranger’s token in hand that meets it (`witness`); a narrower',
    'condition (`fix`) is offered only where it keeps that token out and lets the owner’s in.',
    '',
    '## Conditions of trusts',
    '',
    ...sections(trustRules),
    '## Providers',
    '',
    'What the APIs take is stored, so these refuse no write.',
    '',
    ...sections(providerRules),
  ].join('\n')
}

function sections(rules: Readonly<Record<string, RuleEntry>>): string[] {
  return Object.entries(rules).flatMap(([name, { severity, blocks, says, why, remedy }]) => [
    `### \`${name}\``,
    '',
    `${severity === 'info' ? 'Remark' : severity === 'error' ? 'Error' : 'Warning'}${blocks === false ? ' that refuses no write' : ''}. ${says}`,
    '',
    `${why} ${remedy}`,
    '',
  ])
}
