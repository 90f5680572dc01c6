/**
 * Who may ask for logins and tokens, and how they prove who they are.
 *
 * Source: RFC 6749 §2.3.1, RFC 7523 §3, OpenID Connect Core §9.
 */
import { timingSafeEqual } from 'node:crypto'
import { createLocalJWKSet, decodeJwt, type JSONWebKeySet, jwtVerify } from 'jose'

export interface Client {
  readonly id: string
  /** Absent: one that cannot keep any, or proves itself by its keys. */
  readonly secret?: string
  /** Public keys of one that proves itself by `private_key_jwt`, or where they are. */
  readonly jwks?: JSONWebKeySet
  readonly jwksUri?: string
  /** Letter for letter; absent: any. */
  readonly redirectUris?: readonly string[]
  readonly postLogoutRedirectUris?: readonly string[]
}

/** Registered everywhere, so that nothing has to be set up to begin with. Nobody's secret: it opens what is simulated. */
export const USUAL_CLIENT: Client = { id: 'entente', secret: 'a-secret-of-the-simulator' }

export interface Clients {
  get(id: string): Client | null
  put(client: Client): void
  /** Null unless the request of a token endpoint at these addresses proves who sent it. */
  authenticate(request: ClientProof, addresses: readonly string[]): Promise<Client | null>
}

export interface ClientProof {
  readonly authorization: string | undefined
  readonly form: URLSearchParams
}

const ASSERTION = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
/** Assertions that were seen; a simulator need not remember more. */
const REMEMBERED = 1_000

export function createClients(start: readonly Client[], now: () => Date): Clients {
  const byId = new Map(start.map((client) => [client.id, client]))
  const seen = new Set<string>()

  async function byAssertion(assertion: string, addresses: readonly string[]): Promise<Client | null> {
    const { iss = '', sub, jti } = decodeJwt(assertion)
    const client = byId.get(iss)
    if (client === undefined || sub !== iss || jti === undefined || seen.has(`${iss} ${jti}`)) return null
    const options = { issuer: iss, audience: [...addresses], requiredClaims: ['exp'], currentDate: now() }
    const keys = await keysOf(client)
    if (keys !== null) await jwtVerify(assertion, createLocalJWKSet(keys), options)
    else if (client.secret === undefined) return null
    else await jwtVerify(assertion, Buffer.from(client.secret), { ...options, algorithms: ['HS256'] })
    if (seen.size >= REMEMBERED) seen.clear()
    seen.add(`${iss} ${jti}`)
    return client
  }

  return {
    get: (id) => byId.get(id) ?? null,
    put: (client) => void byId.set(client.id, client),
    async authenticate({ authorization, form }, addresses) {
      const assertion = form.get('client_assertion')
      if (assertion !== null) {
        if (form.get('client_assertion_type') !== ASSERTION) return null
        return byAssertion(assertion, addresses).catch(() => null)
      }
      const [id, secret] =
        authorization === undefined ? [form.get('client_id'), form.get('client_secret')] : basic(authorization)
      const client = byId.get(id ?? '')
      if (client === undefined || client.jwks !== undefined || client.jwksUri !== undefined) return null
      return isEqual(secret ?? '', client.secret ?? '') ? client : null
    },
  }
}

async function keysOf({ jwks, jwksUri }: Client): Promise<JSONWebKeySet | null> {
  if (jwksUri === undefined) return jwks ?? null
  const answer: unknown = await (await fetch(jwksUri)).json()
  // jose checks each key when it makes a key set of them.
  return answer as JSONWebKeySet
}

/** Both parts are encoded as in a form, each on its own. */
function basic(header: string): [string | null, string | null] {
  const text = Buffer.from(/^Basic (.*)$/i.exec(header)?.[1] ?? '', 'base64').toString()
  const at = text.indexOf(':')
  if (at < 0) return [null, null]
  const decoded = (part: string) => decodeURIComponent(part.replaceAll('+', ' '))
  return [decoded(text.slice(0, at)), decoded(text.slice(at + 1))]
}

function isEqual(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)]
  return a.length === b.length && timingSafeEqual(a, b)
}

/** Reads a client from JSON that came over the control endpoint. */
export function parseClient(body: Readonly<Record<string, unknown>>): Client {
  const { clientId, clientSecret, jwks, jwksUri, redirectUris, postLogoutRedirectUris } = body
  if (typeof clientId !== 'string' || clientId === '') throw new Error('clientId: not a text')
  return {
    id: clientId,
    ...text('secret', clientSecret),
    ...text('jwksUri', jwksUri),
    // jose checks each key when it makes a key set of them.
    ...(jwks === undefined ? {} : { jwks: jwks as JSONWebKeySet }),
    ...texts('redirectUris', redirectUris),
    ...texts('postLogoutRedirectUris', postLogoutRedirectUris),
  }
}

function text(name: string, value: unknown): Readonly<Record<string, string>> {
  if (value === undefined) return {}
  if (typeof value !== 'string') throw new Error(`${name}: not a text`)
  return { [name]: value }
}

function texts(name: string, value: unknown): Readonly<Record<string, readonly string[]>> {
  if (value === undefined) return {}
  if (!Array.isArray(value)) throw new Error(`${name}: not a list`)
  return { [name]: value.map(String) }
}
