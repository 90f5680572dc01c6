/**
 * The pages and returns of a sign-in.
 *
 * GET, POST /sign-in/{uid}                           who are you: home realm, chooser, and the way to the provider; consent
 * GET /sign-in/test/{ticket}                         a test sign-in begins, once
 * GET, POST /sign-in/sessions                        one's own sessions, and the end of one or all
 * GET, POST /sign-in/{organisation}/{provider}/return   back from the provider; a POST is parked and taken up by GET
 * GET /sign-in/{organisation}/{provider}/signed-out  back from the provider's own logout
 * GET /saml/{organisation}/{provider}/metadata       our metadata for the provider; `?signed=true` with our signature
 * POST, GET /saml/{organisation}/{provider}/acs      a SAML response: parked, and taken up by GET
 * POST, GET /saml/{organisation}/{provider}/slo      single logout: the provider's requests, and its answers to ours
 *
 * Source: CONTRACT.md sections 1 and 7.
 */
import type { FastifyInstance } from 'fastify'
import type { SignInOptions } from './routes/options.ts'
import { ask } from './routes/question.ts'
import { comeBack, park, type ReturnPath } from './routes/return.ts'
import { metadata, parkResponse } from './routes/saml.ts'
import { endSessions, SESSIONS, showSessions } from './routes/sessions.ts'
import { showError } from './routes/showing.ts'
import { comeBackSignedOut } from './routes/signed-out.ts'
import { logoutByPost, logoutByRedirect } from './routes/single-logout.ts'
import { beginTest } from './routes/test.ts'

/** A SAML response of 256 KiB in base64 in percent-encoding still fits. */
const BODY_BYTES = 1024 * 1024

export function signInRoutes(at: SignInOptions) {
  return async (app: FastifyInstance): Promise<void> => {
    takeFormBodies(app, at)
    const schema = { hide: true }
    app.get<{ Params: { uid: string } }>('/sign-in/:uid', { schema }, (request, reply) => ask(at, request, reply))
    app.post<{ Params: { uid: string } }>('/sign-in/:uid', { schema }, (request, reply) => ask(at, request, reply))
    // A HEAD that looks whether the link is there would use up what is good once.
    const once = { schema, exposeHeadRoute: false }
    app.get<{ Params: { ticket: string } }>('/sign-in/test/:ticket', once, (request, reply) =>
      beginTest(at, request, reply),
    )
    app.get(SESSIONS, { schema }, (request, reply) => showSessions(at, request, reply))
    app.post(SESSIONS, { schema }, (request, reply) => endSessions(at, request, reply))
    const left = '/sign-in/:organisation/:provider/signed-out'
    app.get<{ Params: ReturnPath }>(left, once, (request, reply) => comeBackSignedOut(at, request, reply))
    const back = '/sign-in/:organisation/:provider/return'
    app.get<{ Params: ReturnPath }>(back, once, (request, reply) => comeBack(at, request, reply, 'return'))
    app.post<{ Params: ReturnPath }>(back, { schema }, (request, reply) => park(at, request, reply))
    const saml = '/saml/:organisation/:provider'
    app.get<{ Params: ReturnPath }>(`${saml}/metadata`, { schema }, (request, reply) => metadata(at, request, reply))
    app.post<{ Params: ReturnPath }>(`${saml}/acs`, { schema }, (request, reply) => parkResponse(at, request, reply))
    app.get<{ Params: ReturnPath }>(`${saml}/acs`, once, (request, reply) => comeBack(at, request, reply, 'acs'))
    app.get<{ Params: ReturnPath }>(`${saml}/slo`, once, (request, reply) => logoutByRedirect(at, request, reply))
    app.post<{ Params: ReturnPath }>(`${saml}/slo`, { schema }, (request, reply) => logoutByPost(at, request, reply))
  }
}

/** Bodies as text, and faults as pages: whatever a browser is shown here is a page. */
export function takeFormBodies(app: FastifyInstance, at: SignInOptions): void {
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
}
