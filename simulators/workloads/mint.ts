/** Mints what somebody wishes for: a usual token with changes, or with one thing wrong. */
import type { IssuerKeys } from '../signing-keys.ts'
import type { Claims, TokenWish } from './source.ts'
import { type Draft, type FaultRow, NO_FAULT, tokenFault } from './token-faults.ts'

/** Of a server that was started without settings. */
const USUAL_AUDIENCE = 'localhost:8480'

export interface MintOptions {
  readonly keys: IssuerKeys
  /** The issuer's own clock, right or wrong. */
  readonly now: () => Date
  readonly header: Claims
  /** All claims of a usual token; `at`: the issuer's time in seconds. */
  readonly claims: (wish: TokenWish & { readonly audience: string }, at: number) => Claims
}

export function createMint({ keys, now, header, claims }: MintOptions): (wish?: TokenWish) => Promise<string> {
  let last: string | null = null
  return async (wish = {}) => {
    if (wish.fault === 'replayed') {
      if (last === null) throw new Error('there is no token to replay: mint one first')
      return last
    }
    const at = Math.floor(now().getTime() / 1000)
    const usual = claims({ ...wish, audience: wish.audience ?? USUAL_AUDIENCE }, at)
    const good: Draft = {
      claims: { ...usual, ...overridden(usual, wish.claims ?? {}) },
      header: { ...header, ...withoutNull(wish.header ?? {}) },
      key: 'current',
    }
    const fault: FaultRow = wish.fault === undefined ? NO_FAULT : tokenFault(wish.fault)
    const draft = fault.alter?.(good, at) ?? good
    const token = await keys.sign(draft.claims, { header: draft.header, key: draft.key })
    const [key] = keys.jwks().keys
    if (wish.fault === undefined) last = token
    return fault.spoil === undefined || key === undefined ? token : fault.spoil(token, key)
  }
}

/** Null leaves out what would be there: JSON has no undefined. */
function withoutNull(given: Claims): Claims {
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, value ?? undefined]))
}

/** A wish for a claim that is an object is a wish for its members. */
function overridden(usual: Claims, wish: Claims): Claims {
  const isObject = (value: unknown): value is Claims =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
  return Object.fromEntries(
    Object.entries(withoutNull(wish)).map(([name, value]) => {
      const before = usual[name]
      return [name, isObject(value) && isObject(before) ? { ...before, ...withoutNull(value) } : value]
    }),
  )
}
