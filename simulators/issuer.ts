/**
 * An OpenID Connect issuer on this machine's loopback: discovery, keys and tokens, signed by a library that the server's
 * verifier knows nothing of, and faults on demand.
 *
 * Source: OpenID Connect Discovery 1.0 §3, §4.
 */
import { createServer } from 'node:https'
import { type CertificateAuthority, createAuthority } from './certificates.ts'
import { type Commands, type Control, openControl } from './control.ts'
import { createDocuments, type DocumentName, type Documents, type Misdelivery, parseMisdelivery } from './documents.ts'
import { close, LOOPBACK, listen } from './loopback.ts'
import {
  createIssuerKeys,
  type IssuerKeys,
  type MintOptions,
  type RotateOptions,
  type SigningAlgorithm,
  usualClaims,
} from './signing-keys.ts'

export interface IssuerServerOptions {
  /** The name it plays; default `https://localhost:{port}`. */
  readonly issuer?: string
  /** Default: one of its own. */
  readonly authority?: CertificateAuthority
  /** Default: a free one. */
  readonly port?: number
  readonly algorithm?: SigningAlgorithm
  /** Path of the keys below the issuer; default `/.well-known/jwks`. */
  readonly keysPath?: string
  /** Members added to, or replacing those of, the discovery document. */
  readonly discovery?: Readonly<Record<string, unknown>>
}

export interface IssuerOptions extends IssuerServerOptions {
  readonly controlPort?: number
  /** Commands added to the control endpoint. */
  readonly commands?: Commands
  readonly now?: () => Date
}

/** What is reachable from outside; nothing else can be told to it. */
export interface IssuerServer {
  readonly issuer: string
  readonly caPem: string
  readonly address: string
  readonly port: number
  /** What `ENTENTE_UPSTREAM_CONNECT_TO` takes. */
  readonly connectTo: string
  readonly keys: IssuerKeys
  readonly documents: Documents
  stop(): Promise<void>
}

export interface IssuerSimulator extends Omit<IssuerServer, 'keys' | 'documents'> {
  readonly control: Control
  /** Signs a token; `iss`, `jti`, `iat` and `exp` are filled in unless given (undefined leaves one out). */
  mint(claims: Readonly<Record<string, unknown>>, options?: MintOptions): Promise<string>
  rotate(options?: RotateOptions): Promise<string>
  misdeliver(document: DocumentName, how: Misdelivery): void
  /** How often each document was asked for. */
  fetches(): Readonly<Record<DocumentName, number>>
}

/** The issuer without the hand that rules it. */
export async function serveIssuer(options: IssuerServerOptions = {}): Promise<IssuerServer> {
  const authority = options.authority ?? (await createAuthority())
  const algorithm = options.algorithm ?? 'RS256'
  const keys = await createIssuerKeys(algorithm)

  const named = options.issuer === undefined ? 'localhost' : new URL(options.issuer).hostname
  const { certificatePem, keyPem } = await authority.issue([named])
  const server = createServer({ cert: certificatePem, key: keyPem })
  const port = await listen(server, options.port)
  const issuer = options.issuer ?? `https://localhost:${port}`
  const base = new URL(issuer).pathname.replace(/\/$/, '')
  const keysPath = options.keysPath ?? '/.well-known/jwks'
  const documents = createDocuments({
    discovery: {
      path: `${base}/.well-known/openid-configuration`,
      content: () => ({ ...discoveryOf(issuer, keysPath, algorithm), ...options.discovery }),
    },
    jwks: { path: `${base}${keysPath}`, content: keys.jwks },
  })
  server.on('request', documents.listener)
  return {
    issuer,
    caPem: authority.caPem,
    address: LOOPBACK,
    port,
    connectTo: connectToOf(issuer, port),
    keys,
    documents,
    stop: () => close(server),
  }
}

export async function startIssuer(options: IssuerOptions = {}): Promise<IssuerSimulator> {
  const now = options.now ?? (() => new Date())
  const { keys, documents, ...server } = await serveIssuer(options)
  const mint: IssuerSimulator['mint'] = (claims, mintOptions = {}) =>
    keys.sign({ ...usualClaims(server.issuer, now(), mintOptions), ...claims }, mintOptions)
  const control = await openControl(
    {
      'POST /rotate': async (body) => ({
        kid: await keys.rotate({ keepOld: body.keepOld !== false, sameKid: body.sameKid === true }),
      }),
      'PUT /documents/jwks': (body) => documents.misdeliver('jwks', parseMisdelivery(body)),
      'PUT /documents/discovery': (body) => documents.misdeliver('discovery', parseMisdelivery(body)),
      'GET /fetches': () => documents.fetches(),
      'POST /mint': async (body) => ({ value: await mint(body) }),
      ...options.commands,
    },
    options.controlPort,
  )
  return {
    ...server,
    control,
    mint,
    rotate: keys.rotate,
    misdeliver: documents.misdeliver,
    fetches: documents.fetches,
    async stop() {
      await Promise.all([server.stop(), control.stop()])
    },
  }
}

const HTTPS_PORT = '443'

/** Sends requests for the URL's host and port to a port of this machine. */
export function connectToOf(url: string, toPort: number): string {
  const { hostname, port } = new URL(url)
  return `${hostname}:${port === '' ? HTTPS_PORT : port}=${LOOPBACK}:${toPort}`
}

function discoveryOf(issuer: string, keysPath: string, algorithm: SigningAlgorithm): Record<string, unknown> {
  return {
    issuer,
    jwks_uri: `${issuer.replace(/\/$/, '')}${keysPath}`,
    subject_types_supported: ['public'],
    response_types_supported: ['id_token'],
    id_token_signing_alg_values_supported: [algorithm],
    scopes_supported: ['openid'],
    claims_supported: ['sub', 'aud', 'exp', 'iat', 'iss', 'jti', 'nbf'],
  }
}
