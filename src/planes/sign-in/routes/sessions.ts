/**
 * One's own sessions: GET shows them to whoever is signed in, POST ends one or all. The form counts only in the session that
 * it was shown to.
 */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { shownName } from '../../../registry/provider-view.ts'
import type { Standing } from '../../openid-provider/accounts.ts'
import { isOwnForm } from '../form-tokens.ts'
import { type ShownSession, sessionsPage } from '../pages/sessions.ts'
import type { Session } from '../session.ts'
import { formOf } from './form.ts'
import { leave } from './leave.ts'
import type { SignInOptions } from './options.ts'
import { show, showError, viewOf } from './showing.ts'

export const SESSIONS = '/sign-in/sessions'
const FORM = 'sessions'

export async function showSessions(at: SignInOptions, request: FastifyRequest, reply: FastifyReply) {
  const standing = await at.signedIn(request.raw)
  if (standing === null) return await showError(at, request, reply, { error: 'signedOut', decision: null, status: 401 })
  const { person, session: own, organisation } = standing
  const { ui_locales: locales } = Object(request.query)
  const view = await viewOf(at, request, organisation.id, typeof locales === 'string' ? locales : null)
  const all = await at.sessions.list({ person: person.uid }, at.now())
  const names = await namesOf(at, all)
  // The own one first, then the youngest.
  const sessions = [...all.filter(({ uid }) => uid === own.uid), ...all.filter(({ uid }) => uid !== own.uid)]
  const page = sessionsPage({
    ...view,
    action: SESSIONS,
    hidden: { csrf: at.formTokens.make(FORM, own.uid) },
    sessions: sessions.map((session) => shown(session, own.uid, names)),
  })
  return show(reply, page)
}

export async function endSessions(at: SignInOptions, request: FastifyRequest, reply: FastifyReply) {
  const standing = await at.signedIn(request.raw)
  if (standing === null) return reply.redirect(SESSIONS, 303)
  const form = isOwnForm(request, at.publicUrl) ? formOf(request) : null
  if (form === null || !at.formTokens.accepts(form.csrf, FORM, standing.session.uid))
    return await showError(at, request, reply, { error: 'stale', decision: null, status: 400 })
  const isEverywhere = form.everywhere === 'yes'
  const filter = isEverywhere ? {} : { uid: form.end ?? '' }
  const { person, session: own } = standing
  const actor = { organisation: person.organisation, subject: person.uid, requestId: request.id }
  await at.revokeSessions(actor, person, filter)
  if (!isEverywhere && filter.uid !== own.uid) return reply.redirect(SESSIONS, 303)
  // The cookie leads nowhere any more; the provider is left, too.
  reply.header('set-cookie', await at.library.endedCookie())
  return await leave(at, request, reply, { session: own, next: null })
}

async function namesOf(at: SignInOptions, sessions: readonly Session[]): Promise<ReadonlyMap<string, string>> {
  const uids = [...new Set(sessions.map(({ provider }) => provider))]
  const providers = await Promise.all(uids.map((uid) => at.registry.stores.providers.getByUid(uid)))
  return new Map(providers.flatMap((provider) => (provider === null ? [] : [[provider.uid, shownName(provider)]])))
}

function shown(session: Session, ownUid: Standing['session']['uid'], names: ReadonlyMap<string, string>): ShownSession {
  return {
    id: session.uid,
    provider: names.get(session.provider) ?? '–',
    beganAt: session.createdAt,
    lastSeenAt: session.lastSeenAt,
    endsAt: session.endsAt,
    isCurrent: session.uid === ownUid,
  }
}
