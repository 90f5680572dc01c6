/**
 * SAML single logout: the provider ends its session and tells us, or answers where we ended ours. One address for both, by
 * redirect and by POST.
 *
 * Source: SAML 2.0 Profiles §4.4; CONTRACT.md section 7.
 */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { clientAddress, limitKey } from '../../../http/client-address.ts'
import { parseForm } from '../../../http/forms.ts'
import type { AskedToLeave, LogoutCall } from '../../../registry/protocol.ts'
import { isProviderUsable, type Provider } from '../../../registry/provider.ts'
import type { Actor } from '../../../registry/stores.ts'
import { placeOfLogout } from '../new-session.ts'
import { loggedOutPage } from '../pages/logout.ts'
import type { Session } from '../session.ts'
import { formOf } from './form.ts'
import type { SignInOptions } from './options.ts'
import { attemptOf, type ReturnPath, refused, refuseUnknown, tooMany } from './return.ts'
import { providerAt } from './saml.ts'
import { follow } from './send-off.ts'
import { show, viewOf } from './showing.ts'
import { finishLeaving } from './signed-out.ts'

type SamlRequest = FastifyRequest<{ Params: ReturnPath }>

/** 256 KiB in base64 with line ends. */
const MESSAGE_CHARACTERS = 400_000

/** GET /saml/{organisation}/{provider}/slo */
export async function logoutByRedirect(at: SignInOptions, request: SamlRequest, reply: FastifyReply) {
  const query = request.raw.url?.split('?').slice(1).join('?') ?? ''
  const parsed = parseForm(query)
  if (!parsed.ok) return await refuseUnknown(at, request, reply)
  const one = (name: string) => parsed.parameters.get(name)?.[0] ?? null
  if (one('SAMLRequest') !== null) return await asked(at, request, reply, { query })
  if (one('SAMLResponse') !== null) {
    return await finishLeaving(at, request, reply, {
      ...request.params,
      state: one('RelayState') ?? '',
      parameters: { query },
    })
  }
  const state = one('state') ?? ''
  const parked = state === '' ? null : ((await at.logins.peek(state, at.now()))?.parked ?? null)
  if (parked === null) return await refuseUnknown(at, request, reply)
  return await finishLeaving(at, request, reply, { ...request.params, state, parameters: Object(parked) })
}

/** POST of the same: cookies of Lax do not come with it, so an answer waits for the GET that has them. */
export async function logoutByPost(at: SignInOptions, request: SamlRequest, reply: FastifyReply) {
  const form = formOf(request)
  const { SAMLRequest: asks, SAMLResponse: answers, RelayState: state } = form ?? {}
  if (form === null || (asks ?? answers ?? '').length > MESSAGE_CHARACTERS)
    return await refuseUnknown(at, request, reply)
  if (asks !== undefined) return await asked(at, request, reply, { fields: form })
  if (answers === undefined || state === undefined) return await refuseUnknown(at, request, reply)
  const isParked = await at.logins.park(state, { SAMLResponse: answers, RelayState: state }, at.now())
  if (!isParked) return await refuseUnknown(at, request, reply)
  const { organisation, provider } = request.params
  return reply.redirect(`/saml/${organisation}/${provider}/slo?state=${encodeURIComponent(state)}`, 303)
}

/** The provider's own request: believed for its signature, whatever browser brings it. */
async function asked(at: SignInOptions, request: SamlRequest, reply: FastifyReply, call: LogoutCall['call']) {
  if (!at.limit.judge(limitKey(clientAddress(request)), false).allowed) return await tooMany(at, request, reply)
  const provider = await providerAt(at, request)
  const judge = provider === null ? undefined : at.protocols[provider.protocol]?.signIn?.logoutAsked
  if (provider === null || judge === undefined || !isProviderUsable(provider, at.now()))
    return await refuseUnknown(at, request, reply)
  const attempt = attemptOf(at, request, { plane: 'sign-in', mode: 'strict' })
  attempt.organisation = provider.organisation
  attempt.provider = provider.id
  let leave: AskedToLeave | null
  try {
    leave = await judge({ provider, call, now: at.now() }, attempt.ladder)
  } catch (error) {
    return await refused(at, request, reply, attempt, error)
  }
  if (leave === null) return await refuseUnknown(at, request, reply)
  for (const session of await sessionsOf(at, provider, leave)) await end(at, provider, session, request.id)
  const redirect = await leave.answer()
  if (redirect !== null) return await follow(at, request, reply, redirect, provider)
  const view = await viewOf(at, request, provider.organisation, null)
  return show(reply, loggedOutPage({ ...view, isUpstreamOpen: false, again: null }))
}

/** The sessions that the provider names, or all of the person. */
async function sessionsOf(at: SignInOptions, provider: Provider, leave: AskedToLeave): Promise<Session[]> {
  const list = (filter: object) => at.sessions.list({ provider: provider.uid, ...filter }, at.now())
  const isMeant = ({ uid, sealedLogout }: Session) =>
    // Sealed by `newSession`.
    sealedLogout !== null && leave.isMeant(JSON.parse(at.sealing.open(placeOfLogout(uid), sealedLogout)))
  if (leave.sessions.length > 0) {
    const named = await Promise.all(
      leave.sessions.slice(0, SESSIONS).map((upstreamSession) => list({ upstreamSession })),
    )
    return named.flat().filter(isMeant)
  }
  const own = await list({ upstreamSubject: leave.subject })
  // Where people are known by an attribute, the name stands with each session alone: the latest hundred are looked at.
  return (own.length > 0 ? own : await list({})).filter(isMeant)
}

/** Of one request: nobody is signed in more often. */
const SESSIONS = 20

async function end(at: SignInOptions, { organisation, id }: Provider, session: Session, requestId: string) {
  const actor: Actor = { organisation, subject: `provider:${id}`, requestId }
  await at.revokeSessions(actor, { uid: session.person, organisation: session.organisation }, { uid: session.uid })
}
