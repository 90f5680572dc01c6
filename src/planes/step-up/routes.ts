/**
 * The addresses of a step-up, as a person's browser comes to them. Back from the provider is the same for every plane: see
 * sign-in/routes/return.ts, which asks what the login was for.
 *
 * Source: CONTRACT.md sections 1 and 7.
 */
import type { FastifyInstance } from 'fastify'
import type { SignInOptions } from '../sign-in/routes/options.ts'
import { comeBack, park, type ReturnPath } from '../sign-in/routes/return.ts'
import { takeFormBodies } from '../sign-in/routes.ts'
import { open, signedIn } from './routes/open.ts'

export function stepUpRoutes(at: SignInOptions) {
  return async (app: FastifyInstance): Promise<void> => {
    takeFormBodies(app, at)
    const schema = { hide: true }
    // A HEAD that looks whether the link is there would bind it, or use up the way back.
    const once = { schema, exposeHeadRoute: false }
    app.get('/step-up/signed-in', once, (request, reply) => signedIn(at, request, reply))
    app.get<{ Params: { uid: string } }>('/step-up/:uid', once, (request, reply) => open(at, request, reply))
    const back = '/step-up/:organisation/:provider/return'
    app.get<{ Params: ReturnPath }>(back, once, (request, reply) => comeBack(at, request, reply, 'return'))
    app.post<{ Params: ReturnPath }>(back, { schema }, (request, reply) => park(at, request, reply))
  }
}
