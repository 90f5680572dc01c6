/** Requests of the face's tests, and what their answers say. */
import { expect } from 'vitest'
import type { Json } from '../../../json.ts'
import type { Answer, TestApp } from '../../testing/app.ts'

export const PROVIDERS = '/v1/regions/global/iam/providers'
export const ORGANIZATIONS = '/v1/regions/global/organizations'
export const WELL_KNOWN = '/.well-known/openid-configuration'
export const SECRET = 'correct horse battery staple'
export const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/

let made = 0
/** A valid body; every one differs. */
export function valid(fields: object = {}): Record<string, unknown> {
  made += 1
  const oidcConfig = { discoveryUrl: `https://idp-${made}.example.com${WELL_KNOWN}`, clientId: 'c' }
  return { displayName: `Customer ${made}`, tenantDomain: `customer-${made}.example`, oidcConfig, ...fields }
}

/** Makes a provider in the caller's organisation; answers its id. */
export async function make(app: TestApp, fields: object = {}, who = 'admin@acme'): Promise<string> {
  const answer = await app.send('POST', PROVIDERS, valid(fields), who)
  expect(answer.status, answer.text).toBe(201)
  return String(Object(answer.body).id)
}

/** A provider of `default` with a client secret. */
export async function makeWithSecret(app: TestApp): Promise<string> {
  const oidcConfig = { ...Object(valid().oidcConfig), clientSecret: SECRET }
  return await make(app, { oidcConfig }, 'operator')
}

export async function stored(app: TestApp, id: string, organisation = 'default') {
  const provider = await app.registry.stores.providers.get(organisation, id)
  if (provider === null) throw new TypeError('not there')
  return provider
}

/** What the error names, by field and code. */
export const details = (answer: Answer): Record<string, Json>[] => Object(answer.body).error?.details ?? []
export const fields = (answer: Answer) => details(answer).map(({ field }) => field)
export const codes = (answer: Answer) => details(answer).map(({ code }) => code)
export const idsOf = (answer: Answer, noun = 'providers'): string[] =>
  (Object(answer.body)[noun] ?? []).map((item: { id: string }) => item.id)
