/**
 * The pages and returns of a sign-in.
 *
 * GET, POST /sign-in/{uid}                           who are you: home realm, chooser, and the way to the provider
 * GET, POST /sign-in/{organisation}/{provider}/return   back from the provider; a POST is parked and taken up by GET
 *
 * Source: CONTRACT.md sections 1 and 7.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Interaction } from 'oidc-provider'
import { Refused } from '../../decisions/ladder.ts'
import type { Recorder } from '../../decisions/recorder.ts'
import { Fault } from '../../fault.ts'
import { clientAddress, limitKey } from '../../http/client-address.ts'
import { parseForm } from '../../http/forms.ts'
import type { RefusalLimit } from '../../http/refusal-limit.ts'
import type { App } from '../../registry/app.ts'
import type { SignInRedirect } from '../../registry/protocol.ts'
import type { Provider } from '../../registry/provider.ts'
import { shownName } from '../../registry/provider-view.ts'
import { type Attempt, createAttempt, decisionOf } from '../attempt.ts'
import { refusedExchange } from '../oauth-error.ts'
import { SESSION_OF_RESULT } from '../openid-provider/accounts.ts'
import type { OpenIdLibrary } from '../openid-provider/library.ts'
import { type Arrival, type ArriveOptions, arrive } from './arrive.ts'
import { beginLogin } from './begin.ts'
import { boundBrowser } from './binding.ts'
import { findHome, type HomeRealmOptions, isOpen } from './home-realm.ts'
import { newSession } from './new-session.ts'
import { outsideOf } from './outside.ts'
import { chooserPage } from './pages/chooser.ts'
import { continuePage } from './pages/continue.ts'
import { type ErrorKey, errorPage } from './pages/error.ts'
import { brandOf } from './pages/frame/brand.ts'
import type { Page, View } from './pages/frame/page.ts'
import { headersOf } from './pages/frame/policy.ts'
import { signInPage } from './pages/sign-in.ts'
import { languageOf } from './pages/words/language.ts'
import type { SessionStore } from './session-store.ts'

export interface SignInOptions extends ArriveOptions, Pick<HomeRealmOptions, 'stores'> {
  readonly library: OpenIdLibrary
  readonly findApp: (clientId: string) => Promise<App | null>
  readonly sessions: SessionStore
  readonly recorder: Recorder
  readonly limit: RefusalLimit
  readonly newUid: () => string
  readonly onDecision: (attempt: Attempt, code: string) => void
  readonly onError: (error: unknown, request: FastifyRequest) => void
}

/** A SAML response of 256 KiB in base64 in percent-encoding still fits. */
const BODY_BYTES = 1024 * 1024

export function signInRoutes(at: SignInOptions) {
  return async (app: FastifyInstance): Promise<void> => {
    app.removeAllContentTypeParsers()
    app.addContentTypeParser('*', { parseAs: 'string', bodyLimit: BODY_BYTES }, (_request, body, done) =>
      done(null, body),
    )
    app.setErrorHandler(async (error, request, reply) => {
      const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500
      if (!(status >= 400 && status < 500)) at.onError(error, request)
      return await showError(at, request, reply, {
        error: 'internal',
        decision: null,
        status: status >= 400 && status < 500 ? 400 : 500,
      })
    })
    const schema = { hide: true }
    app.get<{ Params: { uid: string } }>('/sign-in/:uid', { schema }, (request, reply) => ask(at, request, reply))
    app.post<{ Params: { uid: string } }>('/sign-in/:uid', { schema }, (request, reply) => ask(at, request, reply))
    const back = '/sign-in/:organisation/:provider/return'
    app.get<{ Params: ReturnPath }>(back, { schema }, (request, reply) => comeBack(at, request, reply))
    app.post<{ Params: ReturnPath }>(back, { schema }, (request, reply) => park(at, request, reply))
  }
}

interface ReturnPath {
  readonly organisation: string
  readonly provider: string
}

/** GET shows the question, or goes on at once where the request has the answer; POST has it from the form. */
async function ask(at: SignInOptions, request: FastifyRequest<{ Params: { uid: string } }>, reply: FastifyReply) {
  const { uid } = request.params
  const interaction = await at.library.interaction(request.raw, reply.raw, uid)
  if (interaction === null || interaction.uid !== uid) {
    return await showError(at, request, reply, { error: 'expired', decision: null, status: 400 })
  }
  const app = await at.findApp(String(interaction.params.client_id))
  if (app === null) return await showError(at, request, reply, { error: 'app', decision: null, status: 400 })
  const asked = paramsOf(interaction)
  const form = request.method === 'POST' ? formOf(request) : null
  if (request.method === 'POST' && form === null)
    return await showError(at, request, reply, { error: 'internal', decision: null, status: 400 })
  const isNew = request.method === 'GET' && Object.hasOwn(Object(request.query), 'other')
  const identifier = form?.identifier ?? (isNew ? null : asked.login_hint)
  const hint = form?.choice ?? (isNew || form?.identifier !== undefined ? null : asked.idp_hint)
  const home = await findHome(at, { app, organisation: asked.organization, hint, identifier })
  const action = `/sign-in/${uid}`
  const view = await viewOf(at, request, asked.organization ?? ownOrganisation(app), asked.ui_locales)
  const name = app.displayName ?? app.id
  if (home.kind === 'provider')
    return await sendOff(at, request, reply, { interaction, provider: home.provider, identifier })
  if (home.kind === 'choose') {
    const choices = home.providers.map((provider) => ({
      value: `${provider.organisation}/${provider.id}`,
      name: shownName(provider),
      detail: provider.organisation,
    }))
    return show(
      reply,
      chooserPage({ ...view, action, hidden: {}, app: name, identifier, choices, other: `${action}?other=1` }),
    )
  }
  const isTyped = form?.identifier !== undefined
  const problem = isTyped && form?.identifier?.trim() === '' ? 'missing' : home.problem
  const page = signInPage({
    ...view,
    action,
    hidden: {},
    app: name,
    identifier,
    problem: isTyped || home.problem !== 'malformed' ? problem : null,
    notice: null,
    back: null,
  })
  return show(reply, page, problem === null ? 200 : 400)
}

interface SendOff {
  readonly interaction: Interaction
  readonly provider: Provider
  readonly identifier: string | null
}

async function sendOff(
  at: SignInOptions,
  request: FastifyRequest,
  reply: FastifyReply,
  { interaction, provider, identifier }: SendOff,
) {
  const { prompt, max_age: maxAge } = interaction.params
  const isForced = interaction.prompt.name === 'login' && prompt === 'login'
  try {
    const { redirect, cookie } = await beginLogin(at, {
      provider,
      purpose: 'sign-in',
      reference: interaction.uid,
      identifier,
      demands: { ...(isForced ? { prompt: 'login' } : {}), ...(typeof maxAge === 'number' ? { maxAge } : {}) },
    })
    return await follow(at, request, reply.header('set-cookie', cookie), redirect, provider)
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    if (error.kind === 'internal') at.onError(error, request)
    return await showError(at, request, reply, { error: 'unavailable', decision: null, status: 502 })
  }
}

async function follow(
  at: SignInOptions,
  request: FastifyRequest,
  reply: FastifyReply,
  to: SignInRedirect,
  provider: Provider,
) {
  if (to.method === 'GET') return reply.redirect(to.url, 303)
  const view = await viewOf(at, request, provider.organisation, null)
  return show(reply, continuePage({ ...view, action: to.url, fields: to.fields, to: shownName(provider) }))
}

/** Cookies of Lax do not come with a POST of another site: the message waits for the GET that has them. */
async function park(at: SignInOptions, request: FastifyRequest<{ Params: ReturnPath }>, reply: FastifyReply) {
  const form = formOf(request)
  const state = form?.state
  if (form === null || state === undefined || !(await at.logins.park(state, { ...form }, at.now()))) {
    return await refuseUnknown(at, request, reply)
  }
  const { organisation, provider } = request.params
  return reply.redirect(`/sign-in/${organisation}/${provider}/return?state=${encodeURIComponent(state)}`, 303)
}

async function comeBack(at: SignInOptions, request: FastifyRequest<{ Params: ReturnPath }>, reply: FastifyReply) {
  const query = parseForm(request.raw.url?.split('?').slice(1).join('?') ?? '')
  if (!query.ok || [...query.parameters.values()].some((values) => values.length > 1))
    return await refuseUnknown(at, request, reply)
  const sent = Object.fromEntries([...query.parameters].map(([name, [value = '']]) => [name, value]))
  const { state } = sent
  if (state === undefined) return await refuseUnknown(at, request, reply)
  const attempt = attemptOf(at, request)
  if (!at.limit.judge(limitKey(attempt.address), false).allowed) return await tooMany(at, request, reply)
  const parked = (await at.logins.peek(state, at.now()))?.parked ?? null
  // Only texts were parked.
  const parameters: Readonly<Record<string, string>> =
    Object.keys(sent).length === 1 && parked !== null ? Object(parked) : sent
  let arrival: Arrival
  try {
    const browserHash = boundBrowser(at.publicUrl, state, request.headers.cookie)
    const { organisation, provider } = request.params
    arrival = await arrive(at, attempt, state, { organisation, provider, parameters, browserHash })
  } catch (error) {
    return await refused(at, request, reply, attempt, error)
  }
  return await letIn(at, request, reply, attempt, arrival)
}

async function letIn(
  at: SignInOptions,
  request: FastifyRequest,
  reply: FastifyReply,
  attempt: Attempt,
  arrival: Arrival,
) {
  const { login } = arrival
  const uid = login.reference ?? ''
  const interaction = await at.library.interaction(request.raw, reply.raw, uid)
  const app = interaction === null ? null : await at.findApp(String(interaction.params.client_id))
  if (interaction === null || interaction.uid !== uid || app === null) {
    return await showError(at, request, reply, { error: 'expired', decision: null, status: 400 })
  }
  // Asked again: the app may have been narrowed while the person was away.
  if (!isOpen(at, app, arrival.provider))
    return await showError(at, request, reply, { error: 'switchedOff', decision: null, status: 403 })
  const session = newSession({ newUid: at.newUid, now: at.now, seal: at.sealing.seal }, arrival)
  await at.sessions.insert(session)
  // Nobody is in before the decision that let them in is durable.
  await at.recorder.record(decisionOf(attempt))
  at.onDecision(attempt, 'granted')
  const proof = {
    accountId: session.person,
    ...(session.acr === null ? {} : { acr: session.acr }),
    amr: [...session.amr],
    ts: Math.floor(session.authTime.getTime() / 1000),
  }
  const result = { login: proof, [SESSION_OF_RESULT]: session.uid }
  const to = await at.library.finish(request.raw, reply.raw, result, uid)
  return reply.header('entente-decision', attempt.id).redirect(to, 303)
}

async function refused(
  at: SignInOptions,
  request: FastifyRequest,
  reply: FastifyReply,
  attempt: Attempt,
  error: unknown,
) {
  if (!(error instanceof Refused)) {
    at.onError(error, request)
    return await showError(at, request, reply, { error: 'internal', decision: null, status: 500 })
  }
  at.limit.refused(limitKey(attempt.address))
  await at.recorder.record(decisionOf(attempt))
  at.onDecision(attempt, error.code)
  reply.header('entente-decision', attempt.id)
  return await showError(at, request, reply, {
    error: outsideOf(error.code),
    decision: attempt.id,
    organisation: attempt.organisation,
    status: error.code === 'code.unavailable' || error.code === 'key.unavailable' ? 502 : 403,
  })
}

async function refuseUnknown(at: SignInOptions, request: FastifyRequest, reply: FastifyReply) {
  return await showError(at, request, reply, { error: 'expired', decision: null, status: 400 })
}

async function tooMany(at: SignInOptions, request: FastifyRequest, reply: FastifyReply) {
  at.limit.limited()
  reply.header('retry-after', at.limit.retryAfterSeconds())
  return await showError(at, request, reply, { error: 'tooMany', decision: null, status: 429 })
}

function attemptOf(at: SignInOptions, request: FastifyRequest): Attempt {
  const base = { id: at.newUid(), at: at.now(), address: clientAddress(request) }
  return createAttempt({ ...base, plane: 'sign-in', mode: 'strict', refusal: refusedExchange })
}

interface Shown {
  readonly error: ErrorKey
  readonly decision: string | null
  readonly organisation?: string
  readonly status: number
}

async function showError(at: SignInOptions, request: FastifyRequest, reply: FastifyReply, shown: Shown) {
  const view = await viewOf(at, request, shown.organisation ?? null, null)
  const page = errorPage({ ...view, error: shown.error, decision: shown.decision, again: null, back: null })
  return show(reply, page, shown.status)
}

function show(reply: FastifyReply, page: Page, status = 200) {
  return reply.code(status).headers(headersOf(page)).send(page.html)
}

async function viewOf(
  at: SignInOptions,
  request: FastifyRequest,
  organisation: string | null,
  uiLocales: string | null,
): Promise<View> {
  const found = organisation === null ? null : await at.registry.stores.organisations.get(organisation)
  const accept = request.headers['accept-language'] ?? null
  return { language: languageOf(uiLocales, accept), brand: found === null ? null : brandOf(found) }
}

function ownOrganisation({ organisation }: App): string | null {
  return organisation === 'default' ? null : organisation
}

function paramsOf({ params }: Interaction) {
  const text = (name: string) => (typeof params[name] === 'string' && params[name] !== '' ? String(params[name]) : null)
  return {
    organization: text('organization'),
    login_hint: text('login_hint'),
    idp_hint: text('idp_hint') ?? text('kc_idp_hint'),
    ui_locales: text('ui_locales'),
  }
}

/** Each member once; null for what is no form. */
function formOf({ body }: FastifyRequest): Readonly<Record<string, string>> | null {
  const parsed = parseForm(typeof body === 'string' ? body : '')
  if (!parsed.ok || [...parsed.parameters.values()].some((values) => values.length > 1)) return null
  return Object.fromEntries([...parsed.parameters].map(([name, [value = '']]) => [name, value]))
}
