/** May the app have what it asks for: shown to whoever is signed in, answered once, and remembered. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Interaction } from 'oidc-provider'
import type { App } from '../../../registry/app.ts'
import { claimsOfScopes } from '../../openid-provider/claims-of-scopes.ts'
import type { Allowed } from '../../openid-provider/consents.ts'
import { isOwnForm } from '../form-tokens.ts'
import { consentPage } from '../pages/consent.ts'
import { formOf } from './form.ts'
import type { SignInOptions } from './options.ts'
import { show, showError, viewOf } from './showing.ts'

const FORM = 'consent'

/** GET shows the question, POST has the answer. The interaction is this browser's already, by its cookie. */
export async function consent(
  at: SignInOptions,
  request: FastifyRequest,
  reply: FastifyReply,
  { interaction, app }: { readonly interaction: Interaction; readonly app: App },
) {
  const standing = await at.signedIn(request.raw)
  const { uid, session } = interaction
  // Between the login and this page they may have been switched off, or have become somebody else in another tab.
  if (standing === null || standing.person.uid !== session?.accountId)
    return await showError(at, request, reply, { error: 'expired', decision: null, status: 400 })
  const { person, organisation } = standing
  const wanted = wantedBy(interaction, app)
  const bound = `${uid} ${standing.session.uid}`
  if (request.method !== 'POST') {
    const { ui_locales: locales } = interaction.params
    const page = consentPage({
      ...(await viewOf(at, request, organisation.id, typeof locales === 'string' ? locales : null)),
      action: `/sign-in/${uid}`,
      hidden: { csrf: at.formTokens.make(FORM, bound) },
      app: app.displayName ?? app.id,
      person: person.displayName ?? person.email ?? person.id,
      scopes: shownScopes(wanted, interaction),
    })
    return show(reply, page)
  }
  const form = isOwnForm(request, at.publicUrl) ? formOf(request) : null
  if (form === null || !at.formTokens.accepts(form.csrf, FORM, bound))
    return await showError(at, request, reply, { error: 'stale', decision: null, status: 400 })
  if (form.consent !== 'allow') {
    const denied = { error: 'access_denied', error_description: 'the person did not allow it' }
    return reply.redirect(await at.library.finish(request.raw, reply.raw, denied, uid), 303)
  }
  const grantId = await at.library.grant(interaction, person.uid, wanted)
  await at.consents.remember(person.uid, app, wanted)
  return reply.redirect(await at.library.finish(request.raw, reply.raw, { consent: { grantId } }, uid), 303)
}

/** What is missing, as the library found it. Source: oidc-provider 9, lib/helpers/interaction_policy/prompts/consent.js. */
function wantedBy({ prompt }: Interaction, app: App): Allowed {
  const { missingOIDCScope, missingOIDCClaims, missingResourceScopes } = prompt.details
  const resources = Object.entries(Object(missingResourceScopes)).map(
    ([name, scopes]) => [name, texts(scopes)] as const,
  )
  // The others are refused when the app comes back: nobody need be asked about them.
  const shown = claimsOfScopes(app.scopes)
  return {
    scopes: texts(missingOIDCScope),
    claims: texts(missingOIDCClaims).filter((claim) => shown.has(claim)),
    resources: Object.fromEntries(resources),
  }
}

/** Where nothing is missing, the app wants the question asked again: then all of it is shown. */
function shownScopes({ scopes, claims, resources }: Allowed, { params }: Interaction): readonly string[] {
  const missing = [...new Set([...scopes, ...Object.values(resources).flat(), ...claims])]
  return missing.length > 0 ? missing : String(params.scope ?? '').split(' ')
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : []
}
