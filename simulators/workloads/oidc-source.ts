/** Plays a source that speaks OpenID Connect: what is the same for all of them. */
import { randomUUID } from 'node:crypto'
import { serveIssuer } from '../issuer.ts'
import type { SigningAlgorithm } from '../signing-keys.ts'
import { createMint } from './mint.ts'
import { happen, type Publisher, publishingFaults } from './publishing-faults.ts'
import type { Claims, SimulatedSource, SourceKind, SourceOptions } from './source.ts'

/** In what one source differs from another. */
export interface OidcSource {
  readonly name: string
  readonly title: string
  readonly summary: string
  /** Of the workload-federation face's enum, without its prefix. */
  readonly wellKnownProvider: string
  /** The issuer it plays unless told another. */
  readonly issuer: string
  readonly keysPath: string
  readonly algorithm: SigningAlgorithm
  readonly lifetimeSeconds: number
  /** How long before it is issued a token becomes valid; absent where tokens have no `nbf`. Units: seconds. */
  readonly notBeforeSeconds?: number
  /** Header members that replace the usual `typ: JWT`; undefined leaves it out. */
  readonly header?: Readonly<Record<string, unknown>>
  /** True where `aud` is a list also when it has one member. */
  readonly listsAudience?: true
  /** The claims of a job, without issuer, audience and times; `wish` are those that were asked for. */
  claims(wish: Claims, issuer: string): Record<string, unknown>
  /** Where its jobs, by custom, find their token. */
  readonly tokenVariable: string
}

export function oidcSource(source: OidcSource): SourceKind {
  const { name, title, summary } = source
  return { name, title, summary, start: (options) => startOidcSource(source, options) }
}

/** Starts what `oidcSource` describes. */
export async function startOidcSource(source: OidcSource, options: SourceOptions): Promise<SimulatedSource> {
  const { authority, port, now } = options
  const { keys, documents, ...server } = await serveIssuer({
    issuer: options.issuer ?? source.issuer,
    authority,
    algorithm: source.algorithm,
    keysPath: source.keysPath,
    ...(port === undefined ? {} : { port }),
  })
  const { issuer } = server
  let skewSeconds = 0
  const mint = createMint({
    keys,
    now: () => new Date(now().getTime() + skewSeconds * 1000),
    header: source.header ?? {},
    claims: ({ claims = {}, audience }, at) => ({
      iss: issuer,
      jti: randomUUID(),
      aud: source.listsAudience === true ? [audience] : audience,
      iat: at,
      exp: at + source.lifetimeSeconds,
      ...(source.notBeforeSeconds === undefined ? {} : { nbf: at - source.notBeforeSeconds }),
      ...source.claims(claims, issuer),
    }),
  })
  const publisher: Publisher = {
    keys,
    hasDiscovery: true,
    misdeliver: documents.misdeliver,
    published: () => {},
    skew: (seconds) => {
      skewSeconds = seconds
    },
  }
  return {
    name: source.name,
    title: source.title,
    registration: {
      displayName: source.title,
      issuerUrl: issuer,
      wellKnownProvider: `WELL_KNOWN_WORKLOAD_PROVIDER_${source.wellKnownProvider}`,
    },
    connectTo: server.connectTo,
    port: server.port,
    mint,
    faults: publishingFaults(publisher),
    fail: (fault) => happen(publisher, fault),
    mend() {
      skewSeconds = 0
      for (const document of ['discovery', 'jwks'] as const) documents.misdeliver(document, { kind: 'none' })
    },
    rotate: keys.rotate,
    fetches: documents.fetches,
    commands: {},
    tokenVariable: source.tokenVariable,
    environment: {},
    stop: server.stop,
  }
}
