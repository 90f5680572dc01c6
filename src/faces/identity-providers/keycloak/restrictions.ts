/**
 * What keeps people out at Keycloak: said as a condition, or the provider comes disabled. Nobody gets in because an import
 * did not understand why they were kept out.
 *
 * Source: wire.md section 4.2 (hostedDomain, filteredByClaim).
 */
import { checkAttributeCondition } from '../../../claims/attribute-condition.ts'
import { compilePattern } from '../../../claims/pattern.ts'

/** As conditions have it. */
const PATTERN_CHARACTERS = 1_024

/** Google's `hd`: one of the listed domains, or any at all. Null where it cannot be said. */
export function hostedDomainCondition(value: unknown): string | null {
  if (typeof value !== 'string') return null
  const domains = value.split(',').map((domain) => domain.trim())
  if (domains.length === 1 && domains[0] === '*') return 'has(assertion.hd)'
  if (!domains.every((domain) => /^[a-z0-9](?:[-a-z0-9.]*[a-z0-9])?$/i.test(domain))) return null
  return checked(`assertion.hd in ${JSON.stringify(domains)}`)
}

/** A claim of the ID token whose whole text matches. Null where it cannot be said. */
export function claimFilterCondition(name: unknown, pattern: unknown): string | null {
  // A dot goes down into claims, or is part of a name: a guess could let somebody in.
  if (typeof name !== 'string' || !/^[A-Za-z_][A-Za-z0-9_]*$/.test(name) || typeof pattern !== 'string') return null
  if (pattern.length > PATTERN_CHARACTERS) return null
  // By itself first: an unbalanced one would change what the anchors hold.
  if (typeof compilePattern(pattern) === 'string') return null
  return checked(`assertion.${name}.matches(${JSON.stringify(`^(?:${pattern})$`)})`)
}

/** An expression that cannot be used (another dialect of patterns) is none. */
function checked(condition: string): string | null {
  return checkAttributeCondition(condition, 'condition').length === 0 ? condition : null
}
