/** The keys of a simulated issuer: the one in use, those still published, and one that was never published. */
import { randomBytes, randomUUID } from 'node:crypto'
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose'

export type SigningAlgorithm = 'RS256' | 'ES256' | 'ES384' | 'EdDSA'

export interface MintOptions {
  /** `foreign` signs with a key that was never published, under the kid of the current one: a forgery. `unknown`: under its own. */
  readonly key?: 'current' | 'previous' | 'foreign' | 'unknown'
  /** Protected header members that replace or, when undefined, take away the usual ones. */
  readonly header?: Readonly<Record<string, unknown>>
  /** Seconds; default 300, as GitHub does. */
  readonly expiresInSeconds?: number
  /** Default now. */
  readonly issuedAt?: Date
}

export interface IssuerKeys {
  jwks(): { keys: JWK[] }
  /** One that was never published, under the kid of the current one, with its private half: what must not be believed. */
  foreignJwk(): Promise<JWK>
  sign(claims: Readonly<Record<string, unknown>>, options?: MintOptions): Promise<string>
  /** Makes a new key the current one. Returns its kid. */
  rotate(options?: RotateOptions): Promise<string>
}

export interface RotateOptions {
  /** Whether the old keys stay published; default true. */
  readonly keepOld?: boolean
  /** Gives the new key the kid of the old one, as some issuers do by mistake; default false. */
  readonly sameKid?: boolean
}

interface Key {
  readonly kid: string
  readonly privateKey: CryptoKey
  readonly publicJwk: JWK
}

const DEFAULT_LIFETIME_SECONDS = 300

/** `use`: what published keys say they are for. */
export async function createIssuerKeys(alg: SigningAlgorithm, use: 'sig' | 'jwt-svid' = 'sig'): Promise<IssuerKeys> {
  const createKey = (kid?: string) => makeKey(alg, use, kid)
  let current = await createKey()
  let published: Key[] = [current]
  let previous: Key | null = null
  let foreign: Key | null = null
  const keyFor = async (which: MintOptions['key']): Promise<Key> => {
    if (which === 'foreign' || which === 'unknown') {
      foreign ??= await createKey()
      return which === 'unknown' ? foreign : { ...foreign, kid: current.kid }
    }
    if (which !== 'previous') return current
    if (previous === null) throw new Error('there is no previous key: rotate first')
    return previous
  }
  return {
    jwks: () => ({ keys: published.map((key) => key.publicJwk) }),
    async foreignJwk() {
      const key = await keyFor('foreign')
      return { ...(await exportJWK(key.privateKey)), kid: current.kid, alg, use }
    },
    async sign(claims, options = {}) {
      const key = await keyFor(options.key)
      const header = { alg, typ: 'JWT', kid: key.kid, ...options.header }
      return new SignJWT({ ...claims }).setProtectedHeader(header).sign(key.privateKey)
    },
    async rotate({ keepOld = true, sameKid = false } = {}) {
      previous = current
      current = await createKey(sameKid ? current.kid : undefined)
      published = [current, ...(keepOld ? published.filter((key) => key.kid !== current.kid) : [])]
      return current.kid
    },
  }
}

async function makeKey(
  alg: SigningAlgorithm,
  use: string,
  kid: string = randomBytes(16).toString('hex'),
): Promise<Key> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true })
  return { kid, privateKey, publicJwk: { ...(await exportJWK(publicKey)), kid, alg, use } }
}

/** The claims every minted token has unless the caller says otherwise. Units: seconds since 1970. */
export function usualClaims(issuer: string, now: Date, options: MintOptions): Record<string, unknown> {
  const issued = Math.floor((options.issuedAt ?? now).getTime() / 1000)
  return {
    iss: issuer,
    jti: randomUUID(),
    iat: issued,
    exp: issued + (options.expiresInSeconds ?? DEFAULT_LIFETIME_SECONDS),
  }
}
