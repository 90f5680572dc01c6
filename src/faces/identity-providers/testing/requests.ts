/** Requests of the face's tests, and what their answers say. */
import { expect } from 'vitest'
import type { Json } from '../../../json.ts'
import type { Answer, TestApp } from '../../testing/app.ts'

export const ROOT = '/api/identity-providers'
export const SECRET = 'correct horse battery staple'
export const MASK = '**********'
export const CERTIFICATE = 'MIIC'

let made = 0
/** A valid OpenID Connect body; every one differs. */
export function valid(fields: object = {}): Record<string, unknown> {
  made += 1
  const oidc_config = { issuer: `https://idp-${made}.example.com`, client_id: 'c' }
  return { alias: `idp-${made}`, display_name: `Customer ${made}`, provider_id: 'oidc', oidc_config, ...fields }
}

/** A valid SAML body. */
export function validSaml(config: object = {}): Record<string, unknown> {
  const saml_config = {
    single_sign_on_service_url: 'https://s.example/sso',
    signing_certificate: CERTIFICATE,
    ...config,
  }
  return { ...valid(), provider_id: 'saml', oidc_config: null, saml_config }
}

/** Makes a provider in `default` unless told; answers its alias. */
export async function make(app: TestApp, body: Record<string, unknown> = valid(), who = 'operator'): Promise<string> {
  const answer = await app.send('POST', ROOT, body, who)
  expect(answer.status, answer.text).toBe(201)
  return String(Object(answer.body).alias)
}

export async function stored(app: TestApp, alias: string, organisation = 'default') {
  const provider = await app.registry.stores.providers.get(organisation, alias)
  if (provider === null) throw new TypeError('not there')
  return provider
}

/** What the error names. */
export const details = (answer: Answer): { loc: Json[]; msg: string; type: string }[] =>
  Object(answer.body).detail ?? []
export const places = (answer: Answer) => details(answer).map(({ loc }) => loc.join('/'))
export const types = (answer: Answer) => details(answer).map(({ type }) => type)
export const aliases = (answer: Answer): string[] =>
  (Object(answer.body).items ?? []).map((one: Json) => Object(one).alias)
