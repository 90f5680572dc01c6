/** For whom and until when the assertion is meant. Source: SAML 2.0 Core §2.5.1; Profiles §4.1.4.2. */
import type { Ladder } from '../../../decisions/ladder.ts'
import { ASSERTION } from '../names.ts'
import { attributeOf, childrenOf, childrenOnly, isTag, type Tag, textOf } from '../signed-xml/tree.ts'
import type { ExpectedResponse } from './port.ts'
import { hasBegun, isOver, optionalTimeOf, shown } from './times.ts'

/** Climbs `audience`, `conditions` and `time`; gives the end that the conditions set. */
export function judgeConditions(conditions: Tag | null, expected: ExpectedResponse, ladder: Ladder): Date | undefined {
  const all = conditions === null ? [] : childrenOnly(conditions)
  judgeAudiences(all ?? [], expected, ladder)
  judgeKinds(all, ladder)
  return judgeTimes(conditions, expected.now, ladder)
}

/** Source: §2.5.1.4: each restriction must be met, by one of its audiences. Profiles §4.1.4.2: there must be one. */
function judgeAudiences(all: readonly Tag[], { audiences }: ExpectedResponse, ladder: Ladder): void {
  const restrictions = all
    .filter((one) => isTag(one, ASSERTION, 'AudienceRestriction'))
    .map((one) =>
      (childrenOnly(one) ?? []).map((child) => (isTag(child, ASSERTION, 'Audience') ? textOf(child) : null)),
    )
  const isMet = (named: readonly (string | null)[]) => named.some((one) => one !== null && audiences.includes(one))
  const isGood = restrictions.length > 0 && restrictions.every(isMet)
  const shownAudiences = () => restrictions.map((named) => named.join(' or ')).join(' and ') || 'none'
  ladder.check('audience', isGood, 'audience.mismatch', () => audiences.join(' or '), shownAudiences)
}

/**
 * What is not understood makes the assertion invalid (§2.5.1). OneTimeUse (§2.5.1.5) is kept with every assertion. Under a
 * ProxyRestriction (§2.5.1.6) only assertions for its audiences may be issued further on, under a count of 0 none at all:
 * tokens for our apps are neither, so only a restriction that leaves everything open is fulfilled.
 */
function judgeKinds(all: readonly Tag[] | null, ladder: Ladder): void {
  const kinds = (all ?? []).map((one) => (one.namespace === ASSERTION ? one.name : `${one.namespace} ${one.name}`))
  const count = (name: string) => kinds.filter((kind) => kind === name).length
  const unknown = kinds.filter((kind) => !['AudienceRestriction', 'OneTimeUse', 'ProxyRestriction'].includes(kind))
  const isKnown = all !== null && unknown.length === 0 && count('OneTimeUse') <= 1 && count('ProxyRestriction') <= 1
  ladder.check('conditions', isKnown, 'saml.condition_unknown', 'conditions that are understood', () =>
    unknown.length > 0 ? unknown.join(', ') : 'text, or one condition twice',
  )
  const proxy = (all ?? []).find((one) => isTag(one, ASSERTION, 'ProxyRestriction'))
  const isOpen = proxy === undefined || (isPositive(attributeOf(proxy, 'Count')) && childrenOf(proxy).length === 0)
  ladder.check('conditions', isOpen, 'saml.proxy_refused', 'no ProxyRestriction', 'one that rules us out')
}

function isPositive(count: string | null): boolean {
  return count === null || /^\+?0*[1-9][0-9]*$/.test(count)
}

function judgeTimes(conditions: Tag | null, now: Date, ladder: Ladder): Date | undefined {
  const read = (name: string) => optionalTimeOf(conditions === null ? null : attributeOf(conditions, name))
  const notBefore = read('NotBefore')
  const notOnOrAfter = read('NotOnOrAfter')
  const areTimes = notBefore !== null && notOnOrAfter !== null
  if (!ladder.check('time', areTimes, 'saml.time_invalid', 'UTC times', areTimes ? undefined : 'another form'))
    return undefined
  const at = () => now.toISOString()
  ladder.check('time', hasBegun(notBefore ?? undefined, now), 'token.not_yet_valid', at, () => shown(notBefore))
  ladder.check('time', !isOver(notOnOrAfter ?? undefined, now), 'token.expired', at, () => shown(notOnOrAfter))
  return notOnOrAfter ?? undefined
}
