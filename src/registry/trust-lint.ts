/** Trust lint where trusts are written and shown: what it found, what was acknowledged, and what refuses a write. */
import { LRUCache } from 'lru-cache'
import { parseCidr } from '../cidr.ts'
import type { Finding } from '../claims/lint/finding.ts'
import { lintCondition } from '../claims/lint/lint.ts'
import { blocks, trustRules } from '../claims/lint/rules.ts'
import type { FieldFault } from '../fault.ts'
import { fieldFault } from './faults.ts'
import { lintSourceOf } from './known/lint-source.ts'
import type { Provider } from './provider.ts'
import type { Trust } from './trust.ts'

/** A finding, and whether somebody has taken it upon themselves. */
export interface TrustFinding extends Finding {
  readonly acknowledged: boolean
}

type Linted = Pick<Trust, 'condition' | 'allowSourceCidrs' | 'acknowledgedLint' | 'enabled'>
type Source = Pick<Provider, 'known' | 'issuer' | 'expectedIssuer' | 'settings'>

/** By all that a judgement depends on. */
const judged = new LRUCache<string, readonly Finding[]>({ max: 2_000 })

/** What lint says of the trust, the gravest first; never throws. `audience` is the organisation's own. */
export function judgeTrust(trust: Linted, provider: Source, audience: string): TrustFinding[] {
  const { condition, allowSourceCidrs, acknowledgedLint } = trust
  const source = lintSourceOf(provider, audience)
  const isHeldToAddresses = isNarrow(allowSourceCidrs)
  const key = keyOf(trust, provider, audience)
  const findings = judged.get(key) ?? lintCondition({ condition, source, isHeldToAddresses })
  judged.set(key, findings)
  return findings.map((finding) => ({ ...finding, acknowledged: acknowledgedLint.includes(finding.rule) }))
}

let turn: Promise<unknown> = Promise.resolve()

/** The same for those who show many trusts: what was not judged yet is, one at a time, with everybody else in between. */
export async function trustFindings(trust: Linted, provider: Source, audience: string): Promise<TrustFinding[]> {
  if (!judged.has(keyOf(trust, provider, audience))) {
    turn = turn.then(() => new Promise((resolve) => setImmediate(resolve)))
    await turn
  }
  return judgeTrust(trust, provider, audience)
}

function keyOf({ condition, allowSourceCidrs }: Linted, provider: Source, audience: string): string {
  const { known, issuer, expectedIssuer, settings } = provider
  const { allowedAudiences = null } = settings
  return JSON.stringify([
    condition,
    isNarrow(allowSourceCidrs),
    known,
    issuer,
    expectedIssuer,
    allowedAudiences,
    audience,
  ])
}

/** True where addresses keep most of the world out: a range with everything in it keeps out nobody. */
function isNarrow(cidrs: readonly string[]): boolean {
  const ranges = cidrs.map(parseCidr)
  // The widest network that one company has to itself: 10.0.0.0/8, and a registry's share of IPv6.
  return (
    ranges.length > 0 && ranges.every((range) => range !== null && range.prefix >= (range.kind === 'ipv4' ? 8 : 16))
  )
}

/** Longer lists than there are rules say nothing more. */
const MOST = Object.keys(trustRules).length

/** What is no name of a rule. */
export function acknowledgementFaults(rules: readonly string[] | undefined): FieldFault[] {
  if (rules === undefined) return []
  if (rules.length > MOST) {
    return [fieldFault('field.too_many', 'acknowledgedLint', `must have at most ${MOST} items`)]
  }
  return rules.flatMap((rule, index) => {
    if (Object.hasOwn(trustRules, rule)) return []
    return [fieldFault('lint.rule_unknown', `acknowledgedLint[${index}]`, 'is not the name of a lint rule')]
  })
}

/**
 * The findings that refuse a write: errors that nobody has acknowledged, in a trust that would be in force, which were not
 * there before the write. What is already open may be renamed, narrowed or switched off without a word about the rest.
 */
export function lintFaults(before: Trust | null, after: Trust, provider: Source, audience: string): FieldFault[] {
  if (!after.enabled) return []
  const known = before?.enabled === true ? unacknowledged(before, provider, audience) : []
  const isKnown = ({ rule }: Finding) => before?.condition === after.condition && known.some((one) => one.rule === rule)
  return unacknowledged(after, provider, audience)
    .filter((finding) => !isKnown(finding))
    .map(({ rule, message, fix }) => ({
      path: 'condition',
      code: rule,
      message: `${message} ${fix === null ? '' : `Narrower: ${fix} `}(To keep it as it is, put ${rule} into acknowledgedLint.)`,
    }))
}

function unacknowledged(trust: Trust, provider: Source, audience: string): TrustFinding[] {
  return judgeTrust(trust, provider, audience).filter(
    ({ rule, severity, acknowledged }) => severity === 'error' && blocks(rule) && !acknowledged,
  )
}
