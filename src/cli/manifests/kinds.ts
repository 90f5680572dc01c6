/** The kinds of manifests as people type them. Source: CONTRACT.md section 3, "Manifests". */
import { manifestFault } from './faults.ts'

/** A column of a table: its heading, and where the value stands. */
export type Column = readonly [heading: string, ...path: readonly string[]]

export interface KindEntry {
  readonly kind: string
  readonly plural: string
  readonly shortNames: readonly string[]
  /** False: there is one list for the whole server. */
  readonly namespaced: boolean
  /** What a table shows between NAME and AGE; absent: DISPLAY NAME and READY. */
  readonly columns?: readonly Column[]
}

/** Owners before what they own: deleting goes the other way. */
export const kindTable: readonly KindEntry[] = [
  { kind: 'Organization', plural: 'organizations', shortNames: ['org', 'orgs'], namespaced: false },
  { kind: 'WorkloadProvider', plural: 'workloadproviders', shortNames: ['wp', 'wps'], namespaced: true },
  {
    kind: 'WorkforceIdentityProvider',
    plural: 'workforceidentityproviders',
    shortNames: ['idp', 'idps'],
    namespaced: true,
  },
  { kind: 'StepUpProvider', plural: 'stepupproviders', shortNames: ['sup', 'sups'], namespaced: true },
  { kind: 'ServicePrincipal', plural: 'serviceprincipals', shortNames: ['sp', 'sps'], namespaced: true },
  { kind: 'Trust', plural: 'trusts', shortNames: ['tr'], namespaced: true },
  { kind: 'Domain', plural: 'domains', shortNames: ['dom'], namespaced: true },
  { kind: 'App', plural: 'apps', shortNames: [], namespaced: true },
  { kind: 'Person', plural: 'persons', shortNames: ['people'], namespaced: true },
  {
    kind: 'StepUpTransaction',
    plural: 'stepuptransactions',
    shortNames: ['sut', 'suts'],
    namespaced: true,
    columns: [
      ['PERSON', 'spec', 'person'],
      ['STATE', 'status', 'state'],
    ],
  },
  {
    kind: 'Decision',
    plural: 'decisions',
    shortNames: ['dec'],
    namespaced: true,
    columns: [
      ['PLANE', 'spec', 'plane'],
      ['OUTCOME', 'spec', 'outcome'],
      ['CODE', 'spec', 'code'],
    ],
  },
  {
    kind: 'AuditRecord',
    plural: 'auditrecords',
    shortNames: ['audit'],
    namespaced: true,
    columns: [
      ['ACTION', 'spec', 'action'],
      ['SUBJECT', 'spec', 'subject'],
    ],
  },
  {
    kind: 'LintFinding',
    plural: 'lintfindings',
    shortNames: ['finding', 'findings'],
    namespaced: true,
    columns: [
      ['SEVERITY', 'spec', 'severity'],
      ['RULE', 'spec', 'rule'],
      ['OBJECT', 'spec', 'object', 'name'],
    ],
  },
  {
    kind: 'SigningKey',
    plural: 'signingkeys',
    shortNames: ['key', 'keys'],
    namespaced: true,
    columns: [
      ['ALGORITHM', 'spec', 'algorithm'],
      ['STATE', 'status', 'state'],
    ],
  },
]

/** The entry a word means: kind, plural, singular or short name in any case; null where it means none. */
export function findKind(word: string): KindEntry | null {
  const wanted = word.toLowerCase()
  return kindTable.find((entry) => wordsOf(entry).includes(wanted)) ?? null
}

/** The same, for what a person typed. Faults: cli.called_wrongly */
export function kindOf(word: string): KindEntry {
  const entry = findKind(word)
  if (entry !== null) return entry
  const known = kindTable.map(({ plural }) => plural).join(', ')
  throw manifestFault('cli.called_wrongly', { message: `There is no kind '${word}'; the kinds are ${known}.` })
}

/** Everything that names the kind, in lower case. */
export function wordsOf({ kind, plural, shortNames }: KindEntry): string[] {
  return [kind.toLowerCase(), plural, ...shortNames]
}

/** The table as help shows it. */
export function kindsHelp(): string {
  const lines = kindTable.map((entry) => {
    const short = entry.shortNames.length === 0 ? '' : ` (${entry.shortNames.join(', ')})`
    return `  ${entry.plural}${short}`
  })
  return `Kinds, with their short names; singular and any case will do:\n${lines.join('\n')}`
}
