/** The stored settings of a sign-in provider as its login reads them: given before discovered, and the defaults of the pages. */
import type { Json, JsonObject } from '../../json.ts'
import type { Provider } from '../../registry/provider.ts'

export interface UpstreamSettings {
  readonly clientId: string
  readonly authorizationUrl: string | null
  readonly tokenUrl: string | null
  readonly userInfoUrl: string | null
  readonly logoutUrl: string | null
  readonly clientAuthMethod: string | null
  /** What the provider says of itself; null where it was never asked. */
  readonly offeredAuthMethods: readonly string[] | null
  /** Of client assertions, likewise. */
  readonly offeredAlgorithms: readonly string[] | null
  /** False where somebody typed it. */
  readonly isTokenUrlDiscovered: boolean
  readonly scopes: readonly string[] | null
  readonly pkceEnabled: boolean
  readonly pkceMethod: string | null
  readonly pkceMethods: readonly string[] | null
  readonly prompt: string | null
  /** Seconds. */
  readonly maxAge: number | null
  readonly responseType: 'CODE' | 'ID_TOKEN'
  /** Null: the user info is merged where there is any. */
  readonly claimsBehavior: string | null
  /** False only where somebody said so. */
  readonly validatesSignature: boolean
  /** RFC 9207: answers name their issuer. */
  readonly namesIssuer: boolean
}

const known = new WeakMap<Provider, UpstreamSettings>()

/** Read once for each record, which never changes. */
export function upstreamSettings(provider: Provider): UpstreamSettings {
  const found = known.get(provider)
  if (found !== undefined) return found
  const settings = read(provider.settings)
  known.set(provider, settings)
  return settings
}

function read(given: JsonObject): UpstreamSettings {
  const discovered = objectOf(given.discovered)
  const place = (name: string) => textOf(given[name]) ?? textOf(discovered[name])
  return {
    clientId: textOf(given.clientId) ?? '',
    authorizationUrl: place('authorizationUrl'),
    tokenUrl: place('tokenUrl'),
    userInfoUrl: place('userInfoUrl'),
    logoutUrl: place('logoutUrl'),
    clientAuthMethod: textOf(given.clientAuthMethod),
    offeredAuthMethods: textsOf(discovered.clientAuthMethods),
    offeredAlgorithms: textsOf(discovered.clientAuthAlgorithms),
    isTokenUrlDiscovered: textOf(given.tokenUrl) === null,
    scopes: textOf(given.defaultScope)?.split(' ') ?? null,
    pkceEnabled: given.pkceEnabled === true,
    pkceMethod: textOf(given.pkceMethod),
    pkceMethods: textsOf(discovered.pkceMethods),
    prompt: textOf(given.prompt),
    maxAge: typeof given.maxAge === 'number' ? given.maxAge : null,
    responseType: given.responseType === 'ID_TOKEN' ? 'ID_TOKEN' : 'CODE',
    claimsBehavior: textOf(given.assertionClaimsBehavior),
    validatesSignature: given.validateSignature !== false,
    namesIssuer: discovered.issParameter === true,
  }
}

function textOf(value: Json | undefined): string | null {
  return typeof value === 'string' ? value : null
}

function textsOf(value: Json | undefined): readonly string[] | null {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : null
}

function objectOf(value: Json | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {} // no list, not null
}
