/**
 * Exchanges the ID token or SAML assertion of a person, whom a provider of people vouches for: what the mapping makes of its claims goes
 * into the token, and nobody is created.
 *
 * Source: Google workforce identity federation (mapping, condition, principal); CONTRACT.md section 6.
 */
import type { JsonObject } from '../../json.ts'
import { clientIdOf } from '../../registry/app.ts'
import type { Provider } from '../../registry/provider.ts'
import { type Attempt, refuse } from '../attempt.ts'
import { bind } from '../dpop/token-request.ts'
import type { Issued } from '../issue.ts'
import { type MappedClaims, requireMapping, requirePersonCondition } from '../person-claims.ts'
import { chooseAudience, narrowScope } from '../target.ts'
import type { ExchangePlane, ExchangeRequest } from './exchange.ts'
import type { AddressedPeople } from './find-trust.ts'
import type { LinkedPerson, LinkedPersons } from './linked-persons.ts'
import { requireProvider, verifySubjectToken } from './subject-token.ts'

export interface PersonExchange extends ExchangePlane {
  readonly linkedPersons: LinkedPersons
}

/** Climbs from the provider rung to the issue. Mapping comes before the condition, which may ask about what was mapped. */
export async function exchangePerson(
  at: PersonExchange,
  attempt: Attempt,
  addressed: AddressedPeople,
  request: ExchangeRequest,
): Promise<Issued> {
  const { provider, audience: ours, app } = addressed
  requireProvider(attempt, provider)
  const verified = verifySubjectToken(at, attempt, addressed, request)
  const token = verified instanceof Promise ? await verified : verified
  // A strict ladder throws instead of answering null.
  if (token === null) throw new TypeError('a strict ladder let an unverified token pass')
  const mapped = requireMapping(attempt, provider, token.claims)
  requirePersonCondition(at, attempt, provider, token.claims, mapped)
  const link = token.linkedAs === undefined ? token.subject : token.linkedAs
  const found = link === null ? null : at.linkedPersons.find(provider, link)
  const person = found instanceof Promise ? await found : found
  const subject = requirePerson(attempt, person) ?? requirePrincipal(attempt, ours, provider, mapped)
  const audience = chooseAudience(attempt, request.targets, app?.resources ?? [], at.publicUrl)
  const scopes = provider.allowedScopes.filter((scope) => app === null || app.scopes.includes(scope))
  const scope = narrowScope(request.scope, scopes)
  attempt.ladder.check('scope', true, 'target.denied', undefined, audience)
  if (request.proof !== null) await bind(at, attempt, request.proof)
  return at.issuer.issue(attempt, {
    audience,
    subject,
    clientId: app === null ? addressed.resourceName : clientIdOf(app),
    roles: person?.roleIds ?? [],
    scope,
    lifetimeSeconds: request.lifetimeSeconds,
    proof: request.proof,
    extra: { provider: provider.id, groups: mapped['google.groups'] ?? [], attributes: attributesOf(mapped) },
  })
}

/** The linked person's uid; null where nobody is linked. */
function requirePerson(attempt: Attempt, person: LinkedPerson | null): string | null {
  if (person === null) {
    attempt.ladder.skip('person', 'nobody is linked')
    return null
  }
  attempt.ladder.check('person', person.enabled, 'person.disabled', 'enabled', person.enabled ? person.uid : 'disabled')
  return person.uid
}

/** `.` and `..`, also as URL parsers decode them: whoever reads the principal as a URL would find another one in it. */
const DOT_SEGMENT = /(?:^|\/)(?:\.|%2e){1,2}(?:\/|$)/i

/** The mapped subject as it is: it stands at the end, so that nothing in it can look like another part. */
function requirePrincipal(
  attempt: Attempt,
  audience: string,
  { organisation }: Provider,
  mapped: MappedClaims,
): string {
  const subject = String(mapped['google.subject'])
  if (DOT_SEGMENT.test(subject)) {
    refuse(attempt, 'mapping', 'mapping.error', {
      expected: 'a subject without . and .. between slashes',
      actual: subject,
    })
  }
  return `principal://${audience}/organizations/${organisation}/subject/${subject}`
}

const ATTRIBUTE = 'attribute.'

/** By name, without the prefix of the mapping's keys. */
function attributesOf(mapped: MappedClaims): JsonObject {
  const named = Object.entries(mapped).filter(([key]) => key.startsWith(ATTRIBUTE))
  return Object.fromEntries(named.map(([key, value]) => [key.slice(ATTRIBUTE.length), value]))
}
