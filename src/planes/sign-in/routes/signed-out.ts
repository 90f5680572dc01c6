/** Back from the provider's own logout: on to the app, or to a page that says how it ended. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { parseForm } from '../../../http/forms.ts'
import type { JsonObject } from '../../../json.ts'
import type { Provider } from '../../../registry/provider.ts'
import { placeOfMemory } from '../begin.ts'
import { boundBrowser } from '../binding.ts'
import type { Login } from '../login.ts'
import { stillSignedInPage } from '../pages/logout.ts'
import { leftUrlOf } from '../sign-out/leave-upstream.ts'
import { goOn } from './leave.ts'
import type { SignInOptions } from './options.ts'
import type { ReturnPath } from './return.ts'
import { show, viewOf } from './showing.ts'

/** GET /sign-in/{organisation}/{provider}/signed-out */
export async function comeBackSignedOut(
  at: SignInOptions,
  request: FastifyRequest<{ Params: ReturnPath }>,
  reply: FastifyReply,
) {
  const query = parseForm(request.raw.url?.split('?').slice(1).join('?') ?? '')
  const parameters = query.ok
    ? Object.fromEntries([...query.parameters].map(([name, [value = '']]) => [name, value]))
    : {}
  return await finishLeaving(at, request, reply, { ...request.params, state: parameters.state ?? '', parameters })
}

/** What came back, at which address; `state` is the one that went out, or RelayState. */
export interface Left extends ReturnPath {
  readonly state: string
  readonly parameters: Readonly<Record<string, string>>
}

/** The end of `leaveUpstream`, for every protocol: once, in the browser that began, at the address that it was sent to. */
export async function finishLeaving(
  at: SignInOptions,
  request: FastifyRequest,
  reply: FastifyReply,
  left: Left,
): Promise<FastifyReply> {
  const found = await leavingOf(at, request, left)
  if (found === null) return await nothingToFinish(at, request, reply)
  const { login, provider } = found
  const isUpstreamOpen = (await judged(at, found, left)) !== 'ended'
  return await goOn(at, request, reply, { next: login.reference, isUpstreamOpen, organisation: provider.organisation })
}

interface Found {
  readonly login: Login
  readonly provider: Provider
}

async function leavingOf(
  at: SignInOptions,
  request: FastifyRequest,
  { organisation, provider: id, state }: Left,
): Promise<Found | null> {
  const browserHash = boundBrowser(at.publicUrl, state, request.headers.cookie)
  const seen = state === '' || browserHash === null ? null : await at.logins.peek(state, at.now())
  if (seen === null || browserHash === null || seen.purpose !== 'sign-out') return null
  const provider = await at.registry.stores.providers.getByUid(seen.provider)
  if (provider === null || provider.organisation !== organisation || provider.id !== id) return null
  const login = await at.logins.consume(state, browserHash, at.now())
  return login === null ? null : { login, provider }
}

/** A protocol whose answer says nothing has no judge: to be back is all there is. */
async function judged(at: SignInOptions, { login, provider }: Found, left: Left): Promise<'ended' | 'unknown'> {
  const judge = at.protocols[provider.protocol]?.signIn?.logoutReturned
  if (judge === undefined) return 'ended'
  // Sealed by `leaveUpstream`.
  const memory: JsonObject = JSON.parse(at.sealing.open(placeOfMemory(login.state), login.sealedMemory))
  const { state, parameters } = left
  return await judge({
    provider,
    memory,
    parameters,
    state,
    returnUrl: leftUrlOf(at.publicUrl, provider),
    now: at.now(),
  })
}

/** Somebody else's answer, or an old one: nobody is told that they are signed out who is not. */
async function nothingToFinish(at: SignInOptions, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const standing = await at.signedIn(request.raw)
  if (standing === null) return await goOn(at, request, reply, { next: null, isUpstreamOpen: true, organisation: null })
  return show(reply, stillSignedInPage(await viewOf(at, request, standing.organisation.id, null)))
}
