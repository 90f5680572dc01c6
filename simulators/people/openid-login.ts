/** Plays a login that speaks OpenID Connect: what is the same for all of them. */
import { createServer as createPlainServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import { createDocuments, type DocumentName, type Misdelivery, type PublishedDocument } from '../documents.ts'
import { connectToOf } from '../issuer.ts'
import { answerJson, close, listen, pathOf } from '../loopback.ts'
import { createIssuerKeys } from '../signing-keys.ts'
import { happen, type Publisher, publishingFaults } from '../workloads/publishing-faults.ts'
import { type AuthorizationServer, createAuthorizationServer } from './authorization-server.ts'
import { createClients, USUAL_CLIENT } from './clients.ts'
import { createHappening, type Happening, type LoginFault, saidOf } from './login-faults.ts'
import { createCast, PEOPLE } from './person.ts'
import type { LoginOptions, SimulatedLogin } from './simulated-login.ts'

/** In what one provider differs from another. */
export interface OpenIdLogin {
  readonly name: string
  readonly title: string
  readonly issuer: string
  readonly registration: SimulatedLogin['registration']
  /** Addresses under whose names it is reached. */
  readonly origins: readonly [string, ...string[]]
  readonly faults: Readonly<Record<string, LoginFault>>
  /** Discovery documents, each with the keys that it names. `jwks`: what the keys say. */
  published(jwks: PublishedDocument['content']): readonly Readonly<Record<DocumentName, PublishedDocument>>[]
  /** Null for a path that it does not have. */
  route(at: Asked, endpoints: Endpoints): Route | null
}

export interface Asked {
  readonly host: string
  readonly path: string
}

export interface Endpoints extends AuthorizationServer {
  readonly happening: Happening
}

export interface Route {
  /** What the requests are counted under. */
  readonly name: string
  run(request: IncomingMessage, response: ServerResponse): void | Promise<void>
}

/** Starts what is described. */
export async function startOpenIdLogin(login: OpenIdLogin, options: LoginOptions): Promise<SimulatedLogin> {
  const { authority, port: wanted } = options
  const keys = await createIssuerKeys('RS256')
  const cast = createCast(options.people ?? PEOPLE)
  const happening = createHappening(login.faults)
  let skewSeconds = 0
  const now = () => new Date(options.now().getTime() + skewSeconds * 1000)
  const clients = createClients([USUAL_CLIENT, ...(options.clients ?? [])], now)
  const endpoints = { ...createAuthorizationServer({ keys, cast, clients, happening, now }), happening }
  const documents = login.published(keys.jwks).map((published) => ({ published, at: createDocuments(published) }))
  const misdeliver = (name: DocumentName, how: Misdelivery) => {
    for (const { at } of documents) at.misdeliver(name, how)
  }
  const publisher: Publisher = {
    keys,
    hasDiscovery: true,
    misdeliver,
    published: () => {},
    skew: (seconds) => {
      skewSeconds = seconds
    },
  }
  const asked = new Map<string, number>()
  const count = (name: string) => asked.set(name, (asked.get(name) ?? 0) + 1)

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = pathOf(request)
    const document = documents.find(({ published: { discovery, jwks } }) =>
      [discovery.path, jwks.path].some((one) => path.startsWith(one)),
    )
    if (document !== undefined) {
      count(path.startsWith(document.published.discovery.path) ? 'discovery' : 'jwks')
      return document.at.listener(request, response) // it knows its own paths
    }
    const route = login.route({ host: request.headers.host ?? '', path }, endpoints)
    if (route === null) return answerJson(response, 404, { error: 'not found' })
    count(route.name)
    await route.run(request, response)
  }

  const listener = (request: IncomingMessage, response: ServerResponse) => {
    answer(request, response).catch((error: unknown) => {
      if (!response.headersSent)
        answerJson(response, 400, { error: 'invalid_request', error_description: String(error) })
      else response.destroy()
    })
  }
  const hosts = login.origins.map((origin) => new URL(origin).hostname)
  const pair = async () => {
    const { certificatePem: cert, keyPem: key } = await authority.issue([hosts[0] ?? 'localhost', ...hosts.slice(1)])
    return { cert, key }
  }
  const isPlain = new URL(login.issuer).protocol === 'http:'
  const server = isPlain ? createPlainServer(listener) : createServer(await pair(), listener)
  const port = await listen(server, wanted)
  return {
    name: login.name,
    title: login.title,
    issuer: login.issuer,
    registration: login.registration,
    connectTo: login.origins.map((origin) => connectToOf(origin, port)).join(','),
    port,
    cast,
    clients,
    faults: { ...publishingFaults(publisher), ...saidOf(login.faults) },
    async fail(fault) {
      if (!happening.add(fault)) await happen(publisher, fault)
    },
    mend() {
      happening.clear()
      cast.choose(null)
      skewSeconds = 0
      for (const name of ['discovery', 'jwks'] as const) misdeliver(name, { kind: 'none' })
    },
    rotate: keys.rotate,
    asked: () => Object.fromEntries(asked),
    stop: () => close(server),
  }
}
