import { describe, expect, it } from 'vitest'
import { Fault, type FaultKind } from '../../fault.ts'
import { toRpcError, toWirePath } from './errors.ts'

describe('an error', () => {
  it.each<[FaultKind, string, number, number]>([
    ['invalid', 'field.invalid', 400, 3],
    ['unauthenticated', 'caller.unauthenticated', 401, 16],
    ['denied', 'caller.role_missing', 403, 7],
    ['missing', 'provider.unknown', 404, 5],
    ['conflict', 'provider.issuer_taken', 409, 6],
    ['conflict', 'provider.changed', 409, 10],
    ['conflict', 'provider.has_trusts', 400, 9],
    ['upstream', 'provider.discovery_failed', 400, 9],
    ['limited', 'refusals.limited', 429, 8],
    ['unavailable', 'storage.unavailable', 503, 14],
    ['internal', 'internal', 500, 13],
  ])('of kind %s (%s) is status %i and code %i, and never shows its cause', (kind, code, status, rpc) => {
    const fault = new Fault(kind, code, 'A sentence.', { cause: new Error('private') })
    const answer = toRpcError({ fault, spelling: 'core', status: null })
    expect(answer).toEqual({
      status,
      body: {
        code: rpc,
        message: 'A sentence.',
        details: [{ '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: code, domain: 'entente.dev' }],
      },
    })
  })

  it('lists its fields as the request spells them, unless the schema has found them there', () => {
    const fields = [{ path: 'provider.displayName', code: 'field.type', message: 'must be string' }]
    const fault = new Fault('invalid', 'field.type', 'm', { fields })
    const found = (spelling: 'core' | 'wire') => JSON.stringify(toRpcError({ fault, spelling, status: 415 }))
    expect(found('wire')).toContain('"field":"provider.displayName"')
    expect(found('core')).toContain('"field":"providerId.displayName"')
    expect(found('wire')).toContain('"status":415')
  })
})

describe('a field', () => {
  it.each([
    ['issuer', undefined, 'issuerUrl'],
    ['known', undefined, 'wellKnownProvider'],
    ['condition', 'trust', 'trust.conditionExpression'],
    ['enabled', 'provider', 'provider.disabled'],
    ['oidc.jwksJson', 'provider', 'provider.oidc.jwksJson'],
    ['allowSourceCidrs[3]', undefined, 'allowSourceCidrs[3]'],
    ['updateMask', 'trust', 'updateMask'],
    ['lifetimeSeconds', undefined, 'expires'],
    ['', undefined, ''],
  ])('%s, wrapped in %s, is %s', (core, wrapped, wire) => {
    expect(toWirePath(core, wrapped === undefined ? {} : { wrapped })).toBe(wire)
  })
})
