/**
 * What a person has allowed an app, remembered beyond the session in which they said so: they are asked again only for more, or
 * after a year. Of apps of the organisation itself nobody asks.
 *
 * Source: OpenID Connect Core §3.1.2.4; RFC 9700 for what is told apart: a scope is allowed for one resource.
 */
import { createHash } from 'node:crypto'
import type { Json, JsonObject } from '../../json.ts'
import type { App } from '../../registry/app.ts'
import type { OpRecordStore } from '../sign-in/op-record-store.ts'

export interface Allowed {
  /** Of the person's own claims. */
  readonly scopes: readonly string[]
  readonly claims: readonly string[]
  /** By resource indicator. */
  readonly resources: Readonly<Record<string, readonly string[]>>
}

export interface Consents {
  /** `person` is a uid. Null: nothing is remembered. */
  find(person: string, app: Pick<App, 'uid'>): Promise<Allowed | null>
  /** Adds to what was allowed before. */
  remember(person: string, app: Pick<App, 'uid'>, allowed: Allowed): Promise<void>
}

export interface ConsentOptions {
  readonly records: Pick<OpRecordStore, 'find' | 'upsert'>
  readonly now: () => Date
}

/** No model of the library's. */
const MODEL = 'EntenteConsent'
/** Days after which one is asked again, since one last said yes. */
const DAYS = 365

export function createConsents({ records, now }: ConsentOptions): Consents {
  // By uid, so that an app made anew under an old name begins with nothing.
  const keyOf = (person: string, app: Pick<App, 'uid'>) =>
    createHash('sha256').update(`${person} ${app.uid}`).digest('base64url')
  const find: Consents['find'] = async (person, app) => {
    const record = await records.find(MODEL, keyOf(person, app), now())
    return record === null ? null : allowedIn(record.payload)
  }
  return {
    find,
    async remember(person, app, allowed) {
      const before = await find(person, app)
      const { scopes, claims, resources } = before === null ? allowed : union(before, allowed)
      await records.upsert({
        model: MODEL,
        id: keyOf(person, app),
        payload: { scopes: [...scopes], claims: [...claims], resources: listsOf(resources) },
        grantId: null,
        userCode: null,
        uid: null,
        session: null,
        consumedAt: null,
        expiresAt: new Date(now().getTime() + DAYS * 86_400_000),
      })
    },
  }
}

function union(one: Allowed, other: Allowed): Allowed {
  const names = [...new Set([...Object.keys(one.resources), ...Object.keys(other.resources)])]
  return {
    scopes: both(one.scopes, other.scopes),
    claims: both(one.claims, other.claims),
    resources: Object.fromEntries(
      names.map((name) => [name, both(one.resources[name] ?? [], other.resources[name] ?? [])]),
    ),
  }
}

function both(one: readonly string[], other: readonly string[]): readonly string[] {
  return [...new Set([...one, ...other])]
}

function listsOf(resources: Allowed['resources']): JsonObject {
  return Object.fromEntries(Object.entries(resources).map(([name, scopes]) => [name, [...scopes]]))
}

function allowedIn({ scopes, claims, resources }: JsonObject): Allowed {
  const named = Object.entries(Object(resources)).map(([name, list]) => [name, textsIn(list)] as const)
  return { scopes: textsIn(scopes), claims: textsIn(claims), resources: Object.fromEntries(named) }
}

function textsIn(value: Json | unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : []
}
