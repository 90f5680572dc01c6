/** The provider ends its session, and tells us. Source: SAML 2.0 Core §3.7.1; Profiles §4.4.3.1; CONTRACT.md section 7. */
import type { Ladder } from '../../../decisions/ladder.ts'
import type { JsonObject } from '../../../json.ts'
import type { AskedToLeave, LogoutCall, SignInRedirect } from '../../../registry/protocol.ts'
import { byPost, byRedirect } from '../bindings.ts'
import { ASSERTION, PROTOCOL } from '../names.ts'
import { serviceProviderOf } from '../service-provider.ts'
import { newId, type Speaker } from '../sign-in/begin.ts'
import type { Receiver } from '../sign-in/finish.ts'
import { type SignInUpstream, signInUpstreamOf } from '../upstream.ts'
import { attributeOf, childrenOf, type Element } from '../xml.ts'
import { loginOf } from './leave.ts'
import { type Arrived, judgeEnvelope, receive } from './received.ts'
import { logoutResponse } from './write.ts'

/** Clocks may differ. */
const SKEW_MS = 60_000
/** Of a request that does not say itself how long it is good: a browser brings it at once. */
const AGE_MS = 600_000

/** Climbs the rungs up to `replay`; null, on a lenient ladder, where one failed. Strict ladders throw `Refused`. */
export async function askedToLeave(
  at: Speaker & Pick<Receiver, 'takeOnce'>,
  { provider, call, now }: LogoutCall,
  ladder: Ladder,
): Promise<AskedToLeave | null> {
  const upstream = signInUpstreamOf(provider.settings)
  if (upstream === null) return null
  const { certificates, allowSha1 } = upstream
  const arrived: Arrived =
    'query' in call ? { binding: 'redirect', query: call.query } : { binding: 'post', fields: call.fields }
  const expected = { certificates, allowSha1, now, names: ['LogoutRequest'], mustBeSigned: true } as const
  const received = receive(arrived, 'SAMLRequest', expected, ladder)
  if (received === null) return null
  const { root, relayState } = received
  const us = serviceProviderOf(at.publicUrl, provider)
  if (!judgeEnvelope(root, upstream, us.sloUrl, true, ladder)) return null
  const until = judgeTimes(root, now, ladder)
  const names = childrenOf(root, ASSERTION, 'NameID')
  const [name] = names
  const hasName = ladder.check('subject', names.length === 1 && name?.text !== '', 'saml.name_id_missing')
  const id = attributeOf(root, 'ID')
  const hasId = ladder.check('request', id !== null && id !== '', 'saml.id_invalid')
  if (until === null || !hasName || name === undefined || !hasId || id === null) return null
  const isFirst = await at.takeOnce(`saml-logout:${provider.uid}`, id, until, now)
  if (!ladder.check('replay', isFirst, 'token.replayed', 'a request not seen before', id)) return null
  return {
    subject: name.text,
    sessions: childrenOf(root, PROTOCOL, 'SessionIndex').map((one) => one.text),
    // Of the same name in another format, or from another directory, it may be somebody else.
    isMeant: (memory: JsonObject) => {
      const login = loginOf(memory)
      const format = attributeOf(name, 'Format')
      return login !== null && login.nameId.value === name.text && (format === null || format === login.nameId.format)
    },
    answer: () => answerTo(at, upstream, { id, relayState, issuer: us.entityId }),
  }
}

/** Until when it could come again; null where it is not good now. */
function judgeTimes(root: Element, now: Date, ladder: Ladder): Date | null {
  const [issued, ends] = ['IssueInstant', 'NotOnOrAfter'].map((name) => timeOf(attributeOf(root, name)))
  const isReadable = issued instanceof Date && ends !== undefined
  if (!ladder.check('time', isReadable, 'saml.time_invalid') || !isReadable) return null
  const isBegun = issued.getTime() <= now.getTime() + SKEW_MS
  if (!ladder.check('time', isBegun, 'token.not_yet_valid', undefined, issued.toISOString())) return null
  const latest = new Date(Math.min(issued.getTime() + AGE_MS, ends?.getTime() ?? Number.POSITIVE_INFINITY) + SKEW_MS)
  if (!ladder.check('time', now < latest, 'token.expired', undefined, latest.toISOString())) return null
  return latest
}

/** Null for none, undefined for what is no UTC time. Source: SAML 2.0 Core §1.3.3. */
function timeOf(value: string | null): Date | null | undefined {
  if (value === null) return null
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/.test(value)) return undefined
  const at = new Date(value)
  return Number.isNaN(at.getTime()) ? undefined : at
}

/** Null where nobody knows where the provider takes it. */
async function answerTo(
  at: Speaker,
  { sloUrl, sloBinding }: SignInUpstream,
  about: {
    readonly id: string
    readonly relayState: string | null
    readonly issuer: string
  },
): Promise<SignInRedirect | null> {
  if (sloUrl === null) return null
  const { id: inResponseTo, relayState, issuer } = about
  const message = logoutResponse({
    id: newId(at),
    at: at.now(),
    destination: sloUrl,
    issuer,
    inResponseTo,
  })
  const to = { parameter: 'SAMLResponse', message, to: sloUrl, relayState, signer: at.signer } as const
  return { ...(sloBinding === 'post' ? await byPost(to) : await byRedirect(to)), memory: {} }
}
