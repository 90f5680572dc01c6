/** The face over the real protocols, whose upstreams answer from a table; what tests say to it and read of it. */
import { openProtocols } from '../../../protocols/index.ts'
import { createSamlHouse } from '../../../protocols/saml/testing/house.ts'
import { createTestKey } from '../../../protocols/testing/minting.ts'
import { createUpstream, NOW, type Upstream } from '../../../protocols/testing/upstream.ts'
import type { Registry } from '../../../registry/registry.ts'
import { type Answer, openTestApp, type TestApp } from '../../testing/app.ts'
import { manifests } from '../index.ts'
import { ROOT } from './collection.ts'

export { NOW } from '../../../protocols/testing/upstream.ts'

export interface ManifestsApp extends TestApp {
  readonly upstream: Upstream
  /** What the face works with: real protocols, a clock that stands. */
  readonly real: Registry
  /** Makes an OpenID Provider of the issuer, with every endpoint. */
  offer(issuer: string, change?: { readonly [member: string]: string }): void
}

export async function openManifests(): Promise<ManifestsApp> {
  const upstream = createUpstream()
  const protocols = openProtocols({
    ...createSamlHouse(),
    ...upstream,
    now: () => NOW,
    allowsPlainHttp: () => false,
    mayAsk: () => true,
  })
  let real: Registry | undefined
  const app = await openTestApp([manifests], async (deps) => {
    real = { ...deps.registry, protocols, now: () => NOW }
    return { ...deps, registry: real }
  })
  if (real === undefined) throw new TypeError('the faces are mounted by now')
  const { jwk } = createTestKey('ES256')
  return {
    ...app,
    upstream,
    real,
    offer(issuer, change = {}) {
      upstream.reply(`${issuer}/.well-known/openid-configuration`, {
        issuer,
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        userinfo_endpoint: `${issuer}/userinfo`,
        jwks_uri: `${issuer}/keys`,
        ...change,
      })
      upstream.reply(`${issuer}/keys`, { keys: [jwk] })
    },
  }
}

/** Path of a list or an object in acme. */
export function pathTo(plural: string, name?: string): string {
  return `${ROOT}/namespaces/acme/${plural}${name === undefined ? '' : `/${name}`}`
}

/** A member of an answer, wherever it is. */
export function at(answer: Answer, ...path: (string | number)[]): unknown {
  return path.reduce<unknown>((value, name) => Object(value)[name], answer.body)
}

/** `field reason` of every cause, sorted. */
export function causesOf(answer: Answer): string[] {
  return faultsIn(at(answer, 'details', 'causes'))
}

export function faultsIn(causes: unknown): string[] {
  if (!Array.isArray(causes)) return []
  return causes.map((cause) => `${Object(cause).field ?? '-'} ${Object(cause).reason}`).sort()
}

/** The condition of a type, or undefined. */
export function conditionIn(answer: Answer, type: string): unknown {
  const conditions = at(answer, 'status', 'conditions')
  return Array.isArray(conditions) ? conditions.find((one) => Object(one).type === type) : undefined
}
