/** Why no condition let a genuine token act: the parts of the one that was asked, and the trusts that came nearest. */
import { type Explained, explainConditions } from '../../claims/explain.ts'
import type { NearTrust } from '../../decisions/decision.ts'
import { inCidrs } from '../../http/client-address.ts'
import type { JsonObject } from '../../json.ts'
import type { Trust } from '../../registry/trust.ts'
import type { Attempt } from '../attempt.ts'
import type { Found } from './find-trust.ts'

/** Trusts that are looked at: a refusal must not become dear because a provider has thousands. */
const LOOKED_AT = 50
/** Trusts that are told. */
const TOLD = 3
/** Parts of each: whoever wants all of them tests the token by that trust. */
const PARTS = 4

/** Notes on the attempt what its decision will show; `asked` is null where the request named the provider alone. */
export function explainRefusal(
  attempt: Attempt,
  claims: JsonObject,
  asked: Trust | null,
  candidates: readonly Found[],
): void {
  const others = candidates.filter(({ trust }) => trust.uid !== asked?.uid).slice(0, LOOKED_AT)
  const conditions = [asked?.condition ?? null, ...others.map(({ trust }) => trust.condition)]
  // One budget for all of them, and the one that was asked comes first.
  const [own, ...explained] = explainConditions(conditions, { claims })
  if (asked !== null && own !== undefined) attempt.conditionParts = own.parts
  const met = others.flatMap((found, index) => {
    const one = explained[index]
    return one === undefined ? [] : [{ found, explained: one, hindrance: hindranceOf(attempt, found) }]
  })
  const nearest = met.sort((a, b) => distanceOf(a) - distanceOf(b)).slice(0, TOLD)
  if (nearest.length > 0) attempt.nearestTrusts = nearest.map(nearTrust)
}

interface Met {
  readonly found: Found
  readonly explained: Explained
  readonly hindrance: string | null
}

/** Of two that want equally much, the one that only its condition closes is the nearer. */
function distanceOf({ explained, hindrance }: Met): number {
  return explained.distance * 2 + (hindrance === null ? 0 : 1)
}

function nearTrust({ found, explained, hindrance }: Met): NearTrust {
  const parts = explained.parts.filter((part) => part.value !== 'true').slice(0, PARTS)
  return {
    trust: found.trust.cutename,
    verdict: explained.verdict,
    ...(hindrance === null ? {} : { hindrance }),
    parts: explained.verdict === 'true' ? [] : parts,
  }
}

function hindranceOf({ address }: Attempt, { trust, principal }: Found): string | null {
  if (!trust.enabled) return 'trust.disabled'
  if (!principal.enabled) return 'principal.disabled'
  return trust.allowSourceCidrs.length > 0 && !inCidrs(address, trust.allowSourceCidrs) ? 'address.denied' : null
}
