/** Tells who calls a face: the operator token, or an access token that Entente issued for itself. Source: CONTRACT.md section 2. */
import { hash as digest, timingSafeEqual } from 'node:crypto'
import { type Caller, type Callers, callerFault, type Presented } from '../http/caller.ts'
import { MANAGE_SCOPE } from '../registry/app-rules.ts'
import { registryFault } from '../registry/faults.ts'
import { DEFAULT_ORGANISATION } from '../registry/organisation.ts'
import type { OrganisationStore } from '../registry/organisation-store.ts'
import { type DpopRules, isFault, judgeProof, takeProof } from './dpop/proof.ts'
import { createLiveCache, type Freshness } from './live-cache.ts'
import type { LiveToken, LiveTokens } from './live-token.ts'

export interface CallersOptions extends DpopRules {
  readonly operatorToken: string
  readonly liveTokens: LiveTokens
  readonly organisations: OrganisationStore
  readonly freshness: Freshness
  readonly publicUrl: string
  readonly now: () => Date
}

export type ShownTokenOptions = Pick<CallersOptions, 'liveTokens' | 'publicUrl' | 'readSelfSigned' | 'oneTime' | 'now'>

type Identity = Omit<Caller, 'organisation' | 'requestId'>

const OPERATOR_TOKEN: Identity = {
  home: DEFAULT_ORGANISATION,
  subject: 'operator-token',
  roles: ['operator'],
  operator: true,
}

export function createCallers(options: CallersOptions): Callers {
  const operatorHash = hash(options.operatorToken)
  const organisations = createLiveCache(options.freshness, (id) => options.organisations.get(id))

  const identify = async (presented: Presented, isBearer: boolean, token: string): Promise<Identity> => {
    const live = await requireLiveToken(options, presented, { token, isBearer })
    // Source: CONTRACT.md section 2: an app opens a face only where an operator has said so.
    if (live.isOfApp && !scopesOf(live.claims.scope).includes(MANAGE_SCOPE)) throw callerFault('caller.scope_missing')
    const operator = live.organisation === DEFAULT_ORGANISATION && live.roles.includes('operator')
    const { acr, auth_time: authTime } = live.claims
    const proof = {
      acr: typeof acr === 'string' ? acr : null,
      authTime: typeof authTime === 'number' ? new Date(authTime * 1000) : null,
    }
    const identity = { home: live.organisation, subject: live.subject, roles: live.roles, operator }
    return live.isOfPerson ? { proof, ...identity } : identity
  }

  /** A proof is good for one request, and a request may ask about itself more than once. */
  const identities = new WeakMap<Presented, Promise<Identity>>()
  const identityOf = (presented: Presented): Identity | Promise<Identity> => {
    const { token, isBearer } = requireToken(presented)
    if (isBearer && timingSafeEqual(hash(token), operatorHash)) return OPERATOR_TOKEN
    if (presented.proof === undefined) return identify(presented, isBearer, token)
    const known = identities.get(presented)
    if (known !== undefined) return known
    const identity = identify(presented, isBearer, token)
    identities.set(presented, identity)
    return identity
  }

  return async ({ presented, organisationHeader, organisationNamed, requestId }) => {
    const identity = await identityOf(presented)
    if (
      organisationHeader !== undefined &&
      organisationNamed !== undefined &&
      organisationHeader !== organisationNamed
    ) {
      throw callerFault('caller.organisations_disagree')
    }
    const organisation = organisationHeader ?? organisationNamed ?? identity.home
    if (organisation !== identity.home) {
      // Asked before the role, so that a foreign organisation and an unknown one answer alike.
      if (!identity.operator || (await organisations.get(organisation)) === null)
        throw registryFault('organisation.unknown')
    }
    const { home, subject, roles, operator, proof } = identity
    const caller = { organisation, home, subject, roles, operator, requestId }
    return proof === undefined ? caller : { proof, ...caller }
  }
}

/** Source: RFC 6750 §2.1, RFC 9449 §7.1; the scheme is case-insensitive (RFC 9110 §11.1). Faults: caller.unauthenticated */
export function requireToken({ authorization }: Presented): { readonly token: string; readonly isBearer: boolean } {
  const [, scheme = '', token] = /^(bearer|dpop) +(\S+) *$/i.exec(authorization ?? '') ?? []
  if (token === undefined) throw callerFault('caller.unauthenticated')
  return { token, isBearer: scheme.toLowerCase() === 'bearer' }
}

/**
 * The access token for ourselves that a request shows, with its proof where it is bound to a key.
 *
 * Faults: caller.unauthenticated, caller.proof_missing, caller.proof_invalid
 */
export async function requireLiveToken(
  options: ShownTokenOptions,
  presented: Presented,
  { token, isBearer }: { readonly token: string; readonly isBearer: boolean },
): Promise<LiveToken> {
  const live = await options.liveTokens.read(token)
  // A token that is bound to no key cannot be proved: RFC 9449 §7.1.
  if (live === null || live.claims.aud !== options.publicUrl || (live.thumbprint === null && !isBearer))
    throw callerFault('caller.unauthenticated')
  if (live.thumbprint !== null) {
    if (isBearer) throw callerFault('caller.proof_missing')
    await requireProof(options, presented, token, live.thumbprint)
  }
  return live
}

/** A stolen token is worth nothing without its key: each request proves it anew. */
async function requireProof(
  at: Pick<CallersOptions, 'readSelfSigned' | 'oneTime' | 'publicUrl' | 'now'>,
  { proof, method, path }: Presented,
  accessToken: string,
  thumbprint: string,
): Promise<void> {
  if (proof === undefined) throw callerFault('caller.proof_missing')
  const now = at.now()
  const judged = judgeProof(at.readSelfSigned, { proof, method, url: at.publicUrl + path, accessToken, now })
  const wrong = (why: string) =>
    callerFault('caller.proof_invalid', { message: `The DPoP proof was not accepted: ${why}.` })
  if (isFault(judged)) throw wrong(judged.sentence)
  if (judged.thumbprint !== thumbprint) throw wrong('it is by another key than the token is bound to')
  if (!(await takeProof(at, judged, now))) throw wrong('it was sent before')
}

function scopesOf(scope: unknown): readonly string[] {
  return typeof scope === 'string' ? scope.split(' ') : []
}

function hash(text: string): Buffer {
  return digest('sha256', text, 'buffer')
}
