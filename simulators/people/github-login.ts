/**
 * Plays GitHub's login: OAuth 2.0 without OpenID Connect. Who came is what the API says of the access token.
 *
 * Source: GitHub documentation, "Authorizing OAuth apps", "Troubleshooting OAuth app access token request errors", REST API
 * "Get the authenticated user", "List email addresses for the authenticated user".
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import { deliver } from '../documents.ts'
import { connectToOf } from '../issuer.ts'
import { answerJson, close, listen, pathOf } from '../loopback.ts'
import { createClients, USUAL_CLIENT } from './clients.ts'
import { createCodes, createKeepsakes } from './codes.ts'
import { bearerOf, formOf, queryOf } from './forms.ts'
import { emailsOf, GITHUB_FAULTS, userOf } from './github-user.ts'
import { createHappening, type EndpointName, type Parameters, type Setting, saidOf } from './login-faults.ts'
import { readLoginRequest } from './login-request.ts'
import { answerPage, sendBack } from './pages.ts'
import { COMPANY, createCast, PEOPLE, type Person } from './person.ts'
import type { LoginKind, LoginOptions, SimulatedLogin } from './simulated-login.ts'

const ORIGIN = 'https://github.com'
const API = 'https://api.github.com'

export const githubLogin: LoginKind = {
  name: 'github-login',
  title: 'GitHub',
  summary: 'OAuth 2.0 with the user object and its e-mail addresses, verified and not',
  faults: saidOf(GITHUB_FAULTS),
  start: startGithubLogin,
}

type Handler = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>

interface Access {
  readonly person: Person
  readonly scopes: readonly string[]
}

async function startGithubLogin(options: LoginOptions): Promise<SimulatedLogin> {
  const { authority, now } = options
  const origin = new URL(options.issuer ?? ORIGIN).origin
  const isCloud = origin === ORIGIN
  // An Enterprise Server has its API below its own name.
  const api = isCloud ? API : `${origin}/api/v3`
  const cast = createCast(options.people ?? PEOPLE)
  const happening = createHappening(GITHUB_FAULTS)
  const clients = createClients([USUAL_CLIENT, ...(options.clients ?? [])], now)
  const seconds = () => Math.floor(now().getTime() / 1000)
  const codes = createCodes(cast, happening, seconds)
  const access = createKeepsakes<Access>()
  const asked = new Map<string, number>()

  async function authorize(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parameters = queryOf(request)
    parameters.set('response_type', 'code') // its only one, so nobody says it
    const read = readLoginRequest(parameters, clients)
    if ('refusal' in read) return answerPage(response, 400, 'This request is nobody’s', read.refusal)
    if ('error' in read) {
      const { error, says, to } = read
      return sendBack(response, to, {
        error,
        error_description: says,
        ...(to.state === null ? {} : { state: to.state }),
      })
    }
    const hinted = cast.comes(parameters.get('login'))
    const person = happening.rows.reduce((before, row) => row.person?.(before, cast) ?? before, hinted)
    const login = { person, asked: read.request, at: seconds() }
    const { state } = read.request
    const good: Parameters = { code: codes.give(login), ...(state === null ? {} : { state }) }
    const setting: Setting = { issuer: origin, cast, ...login }
    sendBack(
      response,
      read.request,
      happening.rows.reduce((before, row) => row.answer?.(before, setting) ?? before, good),
    )
  }

  /** Its errors have status 200, and everything comes as a form unless JSON is asked for. */
  async function token(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const form = await formOf(request)
    const client = await clients.authenticate({ authorization: request.headers.authorization, form }, [])
    const login = client === null ? null : codes.take(client, form)
    const answer =
      client === null
        ? {
            error: 'incorrect_client_credentials',
            error_description: 'The client_id and/or client_secret passed are incorrect.',
          }
        : login === null
          ? { error: 'bad_verification_code', error_description: 'The code passed is incorrect or expired.' }
          : {
              access_token: access.keep({ person: login.person, scopes: login.asked.scopes }, 'gho_'),
              token_type: 'bearer',
              scope: login.asked.scopes.join(','),
            }
    if (request.headers.accept?.includes('json') === true) {
      return deliver(response, happening.endpoint('token'), { path: '', content: () => answer })
    }
    response.writeHead(200, { 'content-type': 'application/x-www-form-urlencoded' })
    response.end(new URLSearchParams(Object.entries(answer)).toString())
  }

  function resource(name: EndpointName, read: (access: Access) => unknown): Handler {
    return async (request, response) => {
      // Nobody is served who does not say what program asks.
      const program = request.headers['user-agent'] ?? ''
      if (program === '') return answerJson(response, 403, { message: 'Request forbidden' })
      const found = access.get(bearerOf(request))
      if (found === null) return answerJson(response, 401, { message: 'Bad credentials' })
      const body = read(found)
      const how = happening.endpoint(name)
      if (how.kind === 'slow') await new Promise((resolve) => setTimeout(resolve, how.delayMs))
      if (body === null) answerJson(response, 404, { message: 'Not Found' })
      else if (how.kind === 'none' || how.kind === 'slow') answerJson(response, 200, body)
      else deliver(response, how, { path: '', content: () => ({}) })
    }
  }

  const user = resource('userinfo', ({ person, scopes }) => {
    const good = userOf(person, scopes)
    return happening.rows.reduce((before, row) => row.userInfo?.(before, { cast, person }) ?? before, good)
  })
  const emails = resource('emails', ({ person, scopes }) =>
    scopes.includes('user:email') && !happening.is('no-emails') ? emailsOf(person, happening.is('unverified')) : null,
  )
  const routes: Readonly<Record<string, Handler>> = {
    [`GET ${origin}/login/oauth/authorize`]: authorize,
    [`POST ${origin}/login/oauth/access_token`]: token,
    [`GET ${api}/user`]: user,
    [`GET ${api}/user/emails`]: emails,
  }

  const origins = isCloud ? [origin, API] : [origin]
  const { certificatePem, keyPem } = await authority.issue([
    new URL(origin).hostname,
    ...origins.slice(1).map((one) => new URL(one).hostname),
  ])
  const server = createServer({ cert: certificatePem, key: keyPem }, (request, response) => {
    const run = routes[`${request.method} https://${request.headers.host}${pathOf(request)}`]
    if (run === undefined) return answerJson(response, 404, { message: 'Not Found' })
    const name = pathOf(request)
    asked.set(name, (asked.get(name) ?? 0) + 1)
    Promise.resolve(run(request, response)).catch((error: unknown) => response.destroy(Error(String(error))))
  })
  const port = await listen(server, options.port)
  return {
    name: 'github-login',
    title: 'GitHub',
    issuer: origin,
    registration: {
      alias: 'github',
      display_name: 'GitHub',
      provider_id: 'oidc',
      known_provider: 'github',
      oidc_config: { client_id: USUAL_CLIENT.id, client_secret: USUAL_CLIENT.secret },
      domains: [COMPANY.domain],
    },
    connectTo: origins.map((one) => connectToOf(one, port)).join(','),
    port,
    cast,
    clients,
    faults: saidOf(GITHUB_FAULTS),
    async fail(fault) {
      if (!happening.add(fault)) {
        throw new Error(`no such fault: ${fault}; there are ${Object.keys(GITHUB_FAULTS).join(', ')}`)
      }
    },
    mend() {
      happening.clear()
      cast.choose(null)
    },
    async rotate() {
      throw new Error('GitHub signs nothing here: it has no keys')
    },
    asked: () => Object.fromEntries(asked),
    stop: () => close(server),
  }
}
