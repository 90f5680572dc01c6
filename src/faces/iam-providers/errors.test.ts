import { expect, it } from 'vitest'
import { Fault, type FaultKind } from '../../fault.ts'
import { toIamError, toIamPath } from './errors.ts'

it.each<[FaultKind, number]>([
  ['invalid', 400],
  ['unauthenticated', 401],
  ['denied', 403],
  ['missing', 404],
  ['conflict', 409],
  ['upstream', 400],
  ['limited', 429],
  ['unavailable', 503],
  ['internal', 500],
])('a fault of kind %s is %i, in the status and in the body, with its code', (kind, status) => {
  const shaped = toIamError({ fault: new Fault(kind, 'some.code', 'A sentence.'), spelling: 'core', status: null })
  const error = { code: status, message: 'A sentence.', details: [{ code: 'some.code', message: 'A sentence.' }] }
  expect(shaped).toEqual({ status, body: { error } })
})

it('takes the status that HTTP has for it', () => {
  const fault = new Fault('invalid', 'request.invalid', 'Too large.')
  expect(toIamError({ fault, spelling: 'core', status: 413 })).toMatchObject({
    status: 413,
    body: { error: { code: 413 } },
  })
})

it.each([
  ['issuer', 'oidcConfig.discoveryUrl'],
  ['oidc', 'oidcConfig'],
  ['oidc.discoveryUrl', 'oidcConfig.discoveryUrl'],
  ['oidc.clientId', 'oidcConfig.clientId'],
  ['oidc.clientSecret', 'oidcConfig.clientSecret'],
  ['domains', 'tenantDomain'],
  ['domains[0]', 'tenantDomain'],
  ['displayName', 'displayName'],
  ['id', 'id'],
  ['oidcish', 'oidcish'],
])('%s is called %s', (core, wire) => {
  expect(toIamPath(core)).toBe(wire)
})

it('says the same of one field once, and names a single one in the sentence', () => {
  const bad = (path: string) => ({ path, code: 'c', message: 'must be a URL' })
  const body = (paths: string[], spelling: 'core' | 'wire') =>
    toIamError({ fault: new Fault('invalid', 'c', 'S.', { fields: paths.map(bad) }), spelling, status: null }).body
  expect(body(['issuer', 'oidc.discoveryUrl'], 'core')).toMatchObject({
    error: { message: 'oidcConfig.discoveryUrl: must be a URL', details: [{ field: 'oidcConfig.discoveryUrl' }] },
  })
  expect(body(['oidc.clientId'], 'core')).toMatchObject({ error: { message: 'oidcConfig.clientId: must be a URL' } })
  expect(body(['domains'], 'wire')).toMatchObject({ error: { details: [{ field: 'domains' }] } })
})
