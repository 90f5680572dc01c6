/**
 * What is given out with the browser and fetched without it: codes for logins, and the tokens that stand for them.
 *
 * Source: RFC 6749 §4.1.3; RFC 7636 §4.6.
 */
import { createHash, randomBytes } from 'node:crypto'
import type { Client } from './clients.ts'
import type { Happening } from './login-faults.ts'
import type { LoginRequest } from './login-request.ts'
import type { Cast, Person } from './person.ts'

/** Somebody who has signed in. */
export interface Login {
  readonly person: Person
  readonly asked: LoginRequest
  /** Seconds since 1970. */
  readonly at: number
}

export interface Codes {
  /** A code for the login; that of somebody else's where a fault says so. */
  give(login: Login): string
  /** Null unless the code of the form is one, is this client's, was proved to be fetched by who asked, and is young enough. */
  take(client: Client, form: URLSearchParams): Login | null
}

const CODE_SECONDS = 60
/** Codes and tokens that are kept: those of a load test, and no more. */
const KEPT = 20_000

export function createCodes(cast: Cast, happening: Happening, seconds: () => number): Codes {
  const logins = createKeepsakes<Login>()
  return {
    give(login) {
      // Somebody else's login in the same application: the verifier and the nonce are theirs.
      const theirs = {
        person: cast.otherThan(login.person),
        asked: { ...login.asked, codeChallenge: made(), nonce: made() },
      }
      return logins.keep(happening.is('other-code') ? { ...login, ...theirs } : login)
    },
    take(client, form) {
      const code = form.get('code') ?? ''
      const login = logins.get(code)
      if (login === null || seconds() - login.at > CODE_SECONDS) return null
      if (!happening.is('reuse')) logins.forget(code)
      const { asked } = login
      if (asked.client.id !== client.id || form.get('redirect_uri') !== asked.redirectUri) return null
      return isProved(asked, form.get('code_verifier')) || happening.is('pkce') ? login : null
    },
  }
}

function isProved({ codeChallenge }: LoginRequest, verifier: string | null): boolean {
  if (codeChallenge === null || verifier === null) return codeChallenge === verifier
  return codeChallenge === createHash('sha256').update(verifier).digest('base64url')
}

export interface Keepsakes<T> {
  /** The name that it is had by again, which nobody guesses; `prefix` stands before it. */
  keep(thing: T, prefix?: string): string
  get(name: string): T | null
  forget(name: string): void
}

/** Keeps the newest things; the oldest are forgotten. */
export function createKeepsakes<T>(): Keepsakes<T> {
  const things = new Map<string, T>()
  return {
    keep(thing, prefix = '') {
      const name = `${prefix}${made()}`
      const [oldest] = things.keys()
      if (things.size >= KEPT && oldest !== undefined) things.delete(oldest)
      things.set(name, thing)
      return name
    },
    get: (name) => things.get(name) ?? null,
    forget: (name) => void things.delete(name),
  }
}

function made(): string {
  return randomBytes(32).toString('base64url')
}
