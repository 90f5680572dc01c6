/** What a simulated source of workload tokens can do, whatever it plays. */
import type { CertificateAuthority } from '../certificates.ts'
import type { Commands } from '../control.ts'
import type { DocumentName } from '../documents.ts'
import type { RotateOptions } from '../signing-keys.ts'
import type { TokenFault } from './token-faults.ts'

export type Claims = Readonly<Record<string, unknown>>

/** What somebody wants of a token; everything is optional. */
export interface TokenWish {
  /** `aud`; default `localhost:8480`, the audience of a server that was started without settings. */
  readonly audience?: string
  /** Replace the usual claims, those that follow from them included; null leaves a claim out. */
  readonly claims?: Claims
  /** Replace the usual header members; null leaves one out. */
  readonly header?: Claims
  /** One thing that is wrong with it. */
  readonly fault?: TokenFault
}

/** What the workload-federation face takes to create a provider of it. */
export interface Registration {
  readonly displayName: string
  readonly issuerUrl: string
  readonly wellKnownProvider: string
  readonly spiffe?: { readonly bundleEndpointUrl: string }
}

export interface SimulatedSource {
  /** As on the command line: `gitlab`. */
  readonly name: string
  /** As people say it: `GitLab CI`. */
  readonly title: string
  readonly registration: Registration
  /** What `ENTENTE_UPSTREAM_CONNECT_TO` takes. */
  readonly connectTo: string
  readonly port: number
  /** A token as a job of the source would get it. Rejects for a wish that it cannot fulfil. */
  mint(wish?: TokenWish): Promise<string>
  /** Names of the faults of what it publishes, with what each one does. */
  readonly faults: Readonly<Record<string, string>>
  /** Lets one of them happen until it is mended; a rotation stays. Throws for an unknown name. */
  fail(fault: string): Promise<void>
  /** Everything is published as it should be, and the clock is right. */
  mend(): void
  /** Resolves to the kid of the new key. */
  rotate(options?: RotateOptions): Promise<string>
  /** How often each document was asked for. */
  fetches(): Readonly<Record<DocumentName, number>>
  /** What it can do beside that. */
  readonly commands: Commands
  /** Where its jobs, by custom, find their token. */
  readonly tokenVariable: string
  /** What else they find in their environment. */
  readonly environment: Readonly<Record<string, string>>
  stop(): Promise<void>
}

export interface SourceOptions {
  readonly authority: CertificateAuthority
  /** Another issuer of the same kind: a self-managed GitLab, one's own cluster or trust domain. */
  readonly issuer?: string
  /** Default: a free one. */
  readonly port?: number
  readonly now: () => Date
}

/** One entry of the catalogue. */
export interface SourceKind {
  readonly name: string
  readonly title: string
  /** What it plays, and where its tokens differ from others. */
  readonly summary: string
  start(options: SourceOptions): Promise<SimulatedSource>
}
