/** What a simulated login of people can do, whatever protocol it speaks. */
import type { CertificateAuthority } from '../certificates.ts'
import type { RotateOptions } from '../signing-keys.ts'
import type { Client, Clients } from './clients.ts'
import type { Cast, Person } from './person.ts'

export interface SimulatedLogin {
  /** As on the command line: `okta`. */
  readonly name: string
  /** As people say it: `Okta`. */
  readonly title: string
  /** What its tokens name as their issuer, or where it lives. */
  readonly issuer: string
  /** What the identity-providers face takes to create a provider of it. */
  readonly registration: Readonly<Record<string, unknown>>
  /** What `ENTENTE_UPSTREAM_CONNECT_TO` takes. */
  readonly connectTo: string
  readonly port: number
  readonly cast: Cast
  readonly clients: Clients
  /** Names of what can go wrong with a login, with what each one does. */
  readonly faults: Readonly<Record<string, string>>
  /** Lets one of them happen to every login until it is mended, beside those that happen already. Throws for an unknown name. */
  fail(fault: string): Promise<void>
  /** All is well again, and nobody is chosen. */
  mend(): void
  /** Signs with a new key. Resolves to its kid. */
  rotate(options?: RotateOptions): Promise<string>
  /** Requests by endpoint. */
  asked(): Readonly<Record<string, number>>
  stop(): Promise<void>
}

export interface LoginOptions {
  readonly authority: CertificateAuthority
  /** Another one of the same kind: `https://dev-1.okta.com`; with http, for a browser that does not know the authority. */
  readonly issuer?: string
  /** Default: a free one. */
  readonly port?: number
  /** Default: the people of the simulated companies. */
  readonly people?: readonly Person[]
  /** Who may ask, besides the client `entente`. */
  readonly clients?: readonly Client[]
  readonly now: () => Date
}

/** One entry of the catalogue. */
export interface LoginKind {
  readonly name: string
  readonly title: string
  /** What it plays, and where it differs from others. */
  readonly summary: string
  /** Names of what can go wrong with its logins, with what each one does. */
  readonly faults: Readonly<Record<string, string>>
  start(options: LoginOptions): Promise<SimulatedLogin>
}
