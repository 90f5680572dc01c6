/** What SAML has of its own: our metadata, and the POST that a response comes by. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { clientAddress, limitKey } from '../../../http/client-address.ts'
import { isProviderUsable, type Provider } from '../../../registry/provider.ts'
import { shownName } from '../../../registry/provider-view.ts'
import { refuse } from '../../attempt.ts'
import { beginAtAppPage } from '../pages/begin-at-app.ts'
import { beginningsOf } from '../saml/unsolicited.ts'
import { formOf } from './form.ts'
import type { SignInOptions } from './options.ts'
import { attemptOf, type ReturnPath, refused, refuseUnknown, tooMany } from './return.ts'
import { show, showError, viewOf } from './showing.ts'

type SamlRequest = FastifyRequest<{ Params: ReturnPath }>

/** Also of a provider that is switched off: its administrator needs our metadata before anybody can sign in. */
export async function metadata(at: SignInOptions, request: SamlRequest, reply: FastifyReply) {
  const provider = await providerAt(at, request)
  if (provider === null) return await showError(at, request, reply, { error: 'notFound', decision: null, status: 404 })
  const isSigned = Object(request.query).signed === 'true'
  return reply
    .headers({
      'content-type': 'application/samlmetadata+xml; charset=utf-8',
      'content-disposition': `inline; filename="${provider.id}.xml"`,
      'x-content-type-options': 'nosniff',
    })
    .send(await at.samlMetadata(provider, isSigned))
}

/** 256 KiB in base64 with line ends; whether it is base64 is for the protocol to say. */
const MESSAGE_CHARACTERS = 400_000

/** Cookies of Lax do not come with a POST of another site: the response waits under its RelayState for the GET that has them. */
export async function parkResponse(at: SignInOptions, request: SamlRequest, reply: FastifyReply) {
  if (!at.limit.judge(limitKey(clientAddress(request)), false).allowed) return await tooMany(at, request, reply)
  const form = formOf(request)
  const { SAMLResponse: response, RelayState: state = null } = form ?? {}
  if (response === undefined || response.length > MESSAGE_CHARACTERS) return await refuseUnknown(at, request, reply)
  const { organisation, provider } = request.params
  if (state !== null) {
    const parked = await at.logins.park(state, { SAMLResponse: response, RelayState: state }, at.now())
    if (parked) return reply.redirect(`/saml/${organisation}/${provider}/acs?state=${encodeURIComponent(state)}`, 303)
    // A login under way whose answer is here already.
    if ((await at.logins.peek(state, at.now())) !== null) return await refuseUnknown(at, request, reply)
  }
  return await unsolicited(at, request, reply, state)
}

/** Nothing of such a response is read. */
async function unsolicited(at: SignInOptions, request: SamlRequest, reply: FastifyReply, relayState: string | null) {
  const provider = await providerAt(at, request)
  if (provider === null || !isProviderUsable(provider, at.now())) return await refuseUnknown(at, request, reply)
  if (provider.settings.allowIdpInitiated !== true) {
    const attempt = attemptOf(at, request, { plane: 'sign-in', mode: 'strict' })
    attempt.organisation = provider.organisation
    attempt.provider = provider.id
    try {
      refuse(attempt, 'login', 'saml.unsolicited', { expected: 'an answer to a login under way' })
    } catch (error) {
      return await refused(at, request, reply, attempt, error)
    }
  }
  const beginnings = await beginningsOf(at, provider, relayState)
  const [one] = beginnings
  if (one !== undefined && beginnings.length === 1) return reply.redirect(one.url, 303)
  const view = await viewOf(at, request, provider.organisation, null)
  const apps = beginnings.map(({ app, url }) => ({ name: app.displayName ?? app.id, href: url }))
  return show(reply, beginAtAppPage({ ...view, provider: shownName(provider), apps }))
}

/** Null unless people sign in with it by SAML. */
export async function providerAt(at: SignInOptions, { params }: SamlRequest): Promise<Provider | null> {
  const provider = await at.stores.providers.get(params.organisation, params.provider)
  return provider?.protocol === 'saml' && provider.use === 'workforce' ? provider : null
}
