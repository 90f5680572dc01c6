/**
 * After a logout that an app or a person asked for: the session's provider is left, too, then the browser goes where the app
 * wants it.
 */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { AfterLogout } from '../../openid-provider/routes.ts'
import { loggedOutPage } from '../pages/logout.ts'
import type { Session } from '../session.ts'
import { leaveUpstream } from '../sign-out/leave-upstream.ts'
import type { SignInOptions } from './options.ts'
import { follow } from './send-off.ts'
import { show, viewOf } from './showing.ts'

/** The library's way on: back into an authorization, where another person has just signed in; they are not signed out again. */
const BACK_INTO_LOGIN = /^\/oauth2\/(authorize|device)\//
const OWN_PAGE = '/oauth2/logout/success'

/** What follows the library's answer to a confirmed logout. */
export function afterLogout(at: SignInOptions): AfterLogout {
  return async (request, reply, { location, ended }) => {
    const [session] = ended
    const { origin, pathname } = new URL(location, at.publicUrl)
    const isOurs = origin === new URL(at.publicUrl).origin
    if (session === undefined || (isOurs && BACK_INTO_LOGIN.test(pathname))) return reply.redirect(location, 303)
    const next = isOurs && pathname === OWN_PAGE ? null : location
    return await leave(at, request, reply, { session, next })
  }
}

export interface Leave {
  /** Just ended. */
  readonly session: Session
  /** Where to afterwards; null: a page of ours. */
  readonly next: string | null
}

/** Sends the browser out of its provider, where there is a way out, and on. */
export async function leave(
  at: SignInOptions,
  request: FastifyRequest,
  reply: FastifyReply,
  { session, next }: Leave,
): Promise<FastifyReply> {
  const onFailure = (error: unknown) => at.onError(error, request)
  const leaving = await leaveUpstream({ ...at, onFailure }, session, next)
  if (leaving === null)
    return await goOn(at, request, reply, { next, isUpstreamOpen: true, organisation: session.organisation })
  const withCookie = reply.header('set-cookie', leaving.cookie)
  return await follow(at, request, withCookie, leaving.redirect, leaving.provider)
}

export interface GoOn {
  readonly next: string | null
  readonly isUpstreamOpen: boolean
  readonly organisation: string | null
}

/** To the app, or to a page that says how it ended. */
export async function goOn(
  at: SignInOptions,
  request: FastifyRequest,
  reply: FastifyReply,
  { next, isUpstreamOpen, organisation }: GoOn,
): Promise<FastifyReply> {
  if (next !== null) return reply.redirect(next, 303)
  const view = await viewOf(at, request, organisation, null)
  return show(reply, loggedOutPage({ ...view, isUpstreamOpen, again: null }))
}
