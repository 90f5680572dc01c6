/** Who are you: home realm, chooser, and the way to the provider. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Interaction } from 'oidc-provider'
import { type App, servesOrganisation } from '../../../registry/app.ts'
import { DEFAULT_ORGANISATION } from '../../../registry/organisation.ts'
import type { Provider } from '../../../registry/provider.ts'
import { shownName } from '../../../registry/provider-view.ts'
import { askedAge, askedLevel, preferredLevels } from '../../openid-provider/asked-level.ts'
import { levelDemands } from '../../step-up/challenge.ts'
import { isOnlyLevel, proveLevel } from '../../step-up/routes/prove-level.ts'
import type { Beginning } from '../begin.ts'
import { findHome } from '../home-realm.ts'
import { chooserPage } from '../pages/chooser.ts'
import { signInPage } from '../pages/sign-in.ts'
import { standingIn } from '../signed-in.ts'
import { consent } from './consent.ts'
import { formOf } from './form.ts'
import type { SignInOptions } from './options.ts'
import { sendOff } from './send-off.ts'
import { show, showError, viewOf } from './showing.ts'

/** GET shows the question, or goes on at once where the request has the answer; POST has it from the form. */
export async function ask(
  at: SignInOptions,
  request: FastifyRequest<{ Params: { uid: string } }>,
  reply: FastifyReply,
) {
  const { uid } = request.params
  const interaction = await at.library.interaction(request.raw, reply.raw, uid)
  if (interaction === null || interaction.uid !== uid) {
    return await showError(at, request, reply, { error: 'expired', decision: null, status: 400 })
  }
  const app = await at.findApp(String(interaction.params.client_id))
  if (app === null) return await showError(at, request, reply, { error: 'app', decision: null, status: 400 })
  if (isOnlyLevel(interaction)) {
    const standing = await standingIn(at, request.raw)
    if (standing !== null) return await proveLevel(at, request, reply, { interaction, app, standing })
  }
  if (interaction.prompt.name === 'consent') return await consent(at, request, reply, { interaction, app })
  const asked = paramsOf(interaction)
  const form = request.method === 'POST' ? formOf(request) : null
  if (request.method === 'POST' && form === null)
    return await showError(at, request, reply, { error: 'internal', decision: null, status: 400 })
  const isNew = request.method === 'GET' && Object.hasOwn(Object(request.query), 'other')
  const identifier = form?.identifier ?? (isNew ? null : asked.login_hint)
  const hint = form?.choice ?? (isNew || form?.identifier !== undefined ? null : asked.idp_hint)
  const home = await findHome(at, { app, organisation: asked.organization, hint, identifier })
  const action = `/sign-in/${uid}`
  const view = await viewOf(at, request, shownOrganisation(app, asked.organization), asked.ui_locales)
  const name = app.displayName ?? app.id
  if (home.kind === 'provider')
    return await sendOff(at, request, reply, await beginningOf(at, interaction, home.provider, identifier))
  if (home.kind === 'choose') {
    const isOne = new Set(home.providers.map(({ organisation }) => organisation)).size === 1
    const choices = home.providers.map((provider) => ({
      value: `${provider.organisation}/${provider.id}`,
      name: shownName(provider),
      detail: isOne ? null : provider.organisation,
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

/** What the app demands of this login goes along to the provider. */
async function beginningOf(
  at: SignInOptions,
  { uid, params, prompt }: Interaction,
  provider: Provider,
  identifier: string | null | undefined,
): Promise<Beginning> {
  const organisation = await at.registry.stores.organisations.get(provider.organisation)
  const isForced = prompt.name === 'login' && params.prompt === 'login'
  const maxAge = askedAge(params)
  return {
    provider,
    purpose: 'sign-in',
    reference: uid,
    identifier: identifier ?? null,
    demands: {
      ...(isForced ? { prompt: 'login' } : {}),
      ...(maxAge === null ? {} : { maxAge }),
      ...(organisation === null
        ? {}
        : levelDemands(organisation, provider, askedLevel(params), preferredLevels(params))),
    },
  }
}

/** Whose page it is: of the organisation asked for, if the app is for its people. Who asks for another learns nothing of it. */
function shownOrganisation(app: App, asked: string | null): string | null {
  if (asked !== null && servesOrganisation(app, asked)) return asked
  return app.organisation === DEFAULT_ORGANISATION ? null : app.organisation
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
