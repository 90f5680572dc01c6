/**
 * As much of Keycloak's admin REST as its client needs to make identity providers with mappers and to read them back, on
 * loopback and in memory: what is made comes back as Keycloak gives it, with its own members added and secrets masked.
 *
 * Source: wire.md section 4.1, run with the official client.
 */
import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

type Representation = Readonly<Record<string, unknown>>

export interface KeycloakStub {
  readonly url: string
  stop(): Promise<void>
}

const MASK = '**********'

export async function startKeycloakStub(): Promise<KeycloakStub> {
  const providers = new Map<string, Representation>()
  const mappers = new Map<string, Representation[]>()
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://stub')
    const send = (status: number, body?: unknown, headers: Record<string, string> = {}) => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers })
      response.end(body === undefined ? undefined : JSON.stringify(body))
    }
    if (pathname.endsWith('/protocol/openid-connect/token')) {
      // The client reads `exp` of the token.
      const claims = Buffer.from(JSON.stringify({ exp: 4_102_444_800 })).toString('base64url')
      return send(200, { access_token: `e30.${claims}.x`, expires_in: 300, token_type: 'Bearer' })
    }
    if (!request.headers.authorization?.startsWith('Bearer ')) return send(401, { error: 'HTTP 401 Unauthorized' })
    const [, alias, isMappers] = /\/instances(?:\/([^/]+)(\/mappers)?)?$/.exec(pathname) ?? []
    const isList = pathname.endsWith('/instances')
    if (isList && request.method === 'GET') return send(200, [...providers.values()])
    if (isList && request.method === 'POST') {
      const made = asKeycloakShows(await bodyOf(request))
      providers.set(String(made.alias), made)
      return send(201, undefined, { location: `http://stub${pathname}/${made.alias}` })
    }
    if (alias === undefined || isMappers === undefined || !providers.has(alias))
      return send(404, { error: 'HTTP 404 Not Found' })
    const own = mappers.get(alias) ?? []
    if (request.method === 'GET') return send(200, own)
    const made: Representation = { id: randomUUID(), identityProviderAlias: alias, ...(await bodyOf(request)) }
    mappers.set(alias, [...own, made])
    return send(201, undefined, { location: `http://stub${pathname}/${made.id}` })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A TCP server has an address of this form.
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function asKeycloakShows(given: Representation): Representation {
  const config = { ...Object(given.config) }
  // A reference to a vault is no secret.
  if (typeof config.clientSecret === 'string' && !config.clientSecret.startsWith('${vault.')) config.clientSecret = MASK
  return {
    internalId: randomUUID(),
    enabled: true,
    trustEmail: false,
    storeToken: false,
    addReadTokenRoleOnCreate: false,
    authenticateByDefault: false,
    linkOnly: false,
    hideOnLogin: false,
    ...given,
    config,
  }
}

async function bodyOf(request: IncomingMessage): Promise<Representation> {
  let text = ''
  for await (const chunk of request) text += chunk
  return JSON.parse(text)
}
