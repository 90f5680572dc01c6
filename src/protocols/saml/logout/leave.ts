/** The way out of the provider's session, begun by us. Source: SAML 2.0 Profiles §4.4; CONTRACT.md section 7. */
import type { Ladder } from '../../../decisions/ladder.ts'
import type { JsonObject } from '../../../json.ts'
import type { SignIn, SignInRedirect } from '../../../registry/protocol.ts'
import { byPost, byRedirect } from '../bindings.ts'
import { PROTOCOL } from '../names.ts'
import type { NameId } from '../response/port.ts'
import { serviceProviderOf } from '../service-provider.ts'
import { newId, type Speaker } from '../sign-in/begin.ts'
import { signInUpstreamOf } from '../upstream.ts'
import { attributeOf, childrenOf } from '../xml.ts'
import { type Arrived, judgeEnvelope, receive } from './received.ts'
import { logoutRequest } from './write.ts'

type Ask = Parameters<NonNullable<SignIn['logout']>>[0]
type Answer = Parameters<NonNullable<SignIn['logoutReturned']>>[0]

/** Null where the provider has no such place, or the person no name there. */
export async function leaveUpstream(at: Speaker, { provider, memory, state }: Ask): Promise<SignInRedirect | null> {
  const upstream = signInUpstreamOf(provider.settings)
  const person = loginOf(memory)
  if (upstream === null || upstream.sloUrl === null || person === null) return null
  const id = newId(at)
  const { entityId: issuer } = serviceProviderOf(at.publicUrl, provider)
  const message = logoutRequest({ ...person, id, at: at.now(), destination: upstream.sloUrl, issuer })
  const to = { parameter: 'SAMLRequest', message, to: upstream.sloUrl, relayState: state, signer: at.signer } as const
  const sent = upstream.sloBinding === 'post' ? await byPost(to) : await byRedirect(to)
  return { ...sent, memory: { requestId: id } }
}

/** What `finish` kept for it; null for anything else. */
export function loginOf({ nameId, sessionIndex }: JsonObject): { nameId: NameId; sessionIndex: string | null } | null {
  const { value, format, nameQualifier, spNameQualifier, spProvidedId }: JsonObject = Object(nameId)
  if (typeof value !== 'string' || typeof format !== 'string') return null
  const text = (given: unknown) => (typeof given === 'string' ? given : null)
  return {
    nameId: {
      value,
      format,
      nameQualifier: text(nameQualifier),
      spNameQualifier: text(spNameQualifier),
      spProvidedId: text(spProvidedId),
    },
    sessionIndex: text(sessionIndex),
  }
}

const STATUS = 'urn:oasis:names:tc:SAML:2.0:status'

/** `ended` only where the provider says so under its signature, in answer to our request. */
export async function judgeReturn(
  publicUrl: string,
  { provider, memory, parameters, now }: Answer,
): Promise<'ended' | 'unknown'> {
  const upstream = signInUpstreamOf(provider.settings)
  const arrived = arrivedOf(parameters)
  if (upstream === null || arrived === null) return 'unknown'
  const { certificates, allowSha1 } = upstream
  const ladder = silentLadder()
  const expected = { certificates, allowSha1, now, names: ['LogoutResponse'], mustBeSigned: true } as const
  const received = receive(arrived, 'SAMLResponse', expected, ladder)
  if (received === null || ladder.failure !== null) return 'unknown'
  const { root, isSigned } = received
  const isAnswer = attributeOf(root, 'InResponseTo') === memory.requestId
  const { sloUrl } = serviceProviderOf(publicUrl, provider)
  if (!isAnswer || !judgeEnvelope(root, upstream, sloUrl, isSigned, ladder)) return 'unknown'
  const codes = childrenOf(root, PROTOCOL, 'Status').flatMap((one) => childrenOf(one, PROTOCOL, 'StatusCode'))
  const isPartial = codes
    .flatMap((code) => childrenOf(code, PROTOCOL, 'StatusCode'))
    .some((code) => attributeOf(code, 'Value') === `${STATUS}:PartialLogout`)
  const [code] = codes
  const isDone = code !== undefined && codes.length === 1 && attributeOf(code, 'Value') === `${STATUS}:Success`
  return isDone && !isPartial ? 'ended' : 'unknown'
}

function arrivedOf(parameters: Readonly<Record<string, string>>): Arrived | null {
  const { query } = parameters
  if (query !== undefined) return { binding: 'redirect', query }
  return parameters.SAMLResponse === undefined ? null : { binding: 'post', fields: parameters }
}

/** Nobody asks why: an answer that is not good proves nothing, whatever is wrong with it. */
function silentLadder(): Ladder {
  let failure: Ladder['failure'] = null
  return {
    rungs: [],
    get failure() {
      return failure
    },
    check(rung, isFine, code) {
      if (!isFine) failure ??= { rung, code }
      return isFine
    },
    skip: () => undefined,
  }
}
