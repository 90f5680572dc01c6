/** Tells who calls a face: the operator token, or an access token that Entente issued for itself. Source: CONTRACT.md section 2. */
import { createHash, timingSafeEqual } from 'node:crypto'
import { type Caller, type Callers, callerFault } from '../http/caller.ts'
import { registryFault } from '../registry/faults.ts'
import { DEFAULT_ORGANISATION } from '../registry/organisation.ts'
import type { OrganisationStore } from '../registry/organisation-store.ts'
import { createLiveCache, type Freshness } from './live-cache.ts'
import type { LiveTokens } from './live-token.ts'

export interface CallersOptions {
  readonly operatorToken: string
  readonly liveTokens: LiveTokens
  readonly organisations: OrganisationStore
  readonly freshness: Freshness
  readonly publicUrl: string
}

type Identity = Omit<Caller, 'organisation' | 'requestId'>

export function createCallers(options: CallersOptions): Callers {
  const { liveTokens, publicUrl } = options
  const operatorHash = hash(options.operatorToken)
  const organisations = createLiveCache(options.freshness, (id) => options.organisations.get(id))

  const identify = async (authorization: string | undefined): Promise<Identity> => {
    // RFC 6750 §2.1; the scheme is case-insensitive (RFC 9110 §11.1).
    const token = /^bearer +(\S+) *$/i.exec(authorization ?? '')?.[1]
    if (token === undefined) throw callerFault('caller.unauthenticated')
    if (timingSafeEqual(hash(token), operatorHash)) {
      return { home: DEFAULT_ORGANISATION, subject: 'operator-token', roles: ['operator'], operator: true }
    }
    const live = await liveTokens.read(token)
    if (live === null || live.claims.aud !== publicUrl) throw callerFault('caller.unauthenticated')
    const operator = live.organisation === DEFAULT_ORGANISATION && live.roles.includes('operator')
    return { home: live.organisation, subject: live.subject, roles: live.roles, operator }
  }

  return async ({ authorization, organisationHeader, organisationNamed, requestId }) => {
    const identity = await identify(authorization)
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
    return { ...identity, organisation, requestId }
  }
}

function hash(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
