import { describe, expect, it } from 'vitest'
import { Fault, type FaultKind } from '../../fault.ts'
import { toRpcError, toWirePath } from './errors.ts'

const WORDS = {
  issuer: 'issuerUrl',
  provider: 'providerId',
  condition: 'conditionExpression',
  enabled: 'disabled',
  'oidc.clientId': 'clientId',
  'oidc.oauth2': 'oauth2',
}

describe('an error', () => {
  it.each<[FaultKind, string, number, number]>([
    ['invalid', 'field.invalid', 400, 3],
    ['unauthenticated', 'caller.unauthenticated', 401, 16],
    ['denied', 'caller.role_missing', 403, 7],
    ['missing', 'provider.unknown', 404, 5],
    ['conflict', 'provider.issuer_taken', 409, 6],
    ['conflict', 'provider.changed', 409, 10],
    ['conflict', 'provider.has_trusts', 400, 9],
    ['conflict', 'test.journey_unavailable', 400, 9],
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
    const found = (spelling: 'core' | 'wire') =>
      JSON.stringify(toRpcError({ fault, spelling, status: 415 }, { words: WORDS }))
    expect(found('wire')).toContain('"field":"provider.displayName"')
    expect(found('core')).toContain('"field":"providerId.displayName"')
    expect(found('wire')).toContain('"status":415')
  })
})

describe('a field', () => {
  it.each([
    ['issuer', undefined, 'issuerUrl'],
    ['condition', 'trust', 'trust.conditionExpression'],
    ['enabled', 'provider', 'provider.disabled'],
    ['oidc.jwksJson', 'provider', 'provider.oidc.jwksJson'],
    ['oidc.clientId', 'provider', 'provider.clientId'],
    ['oidc.clientIdentity', undefined, 'oidc.clientIdentity'],
    ['oidc.oauth2', undefined, 'oauth2'],
    ['oidc.oauth2.acrValues[2]', 'provider', 'provider.oauth2.acrValues[2]'],
    ['oidc', undefined, 'oidc'],
    ['issuer[0].constructor', undefined, 'issuerUrl[0].constructor'],
    ['constructor', undefined, 'constructor'],
    ['allowSourceCidrs[3]', undefined, 'allowSourceCidrs[3]'],
    ['updateMask', 'trust', 'updateMask'],
    ['', undefined, ''],
  ])('%s, wrapped in %s, is %s', (core, wrapped, wire) => {
    expect(toWirePath(core, { words: WORDS, ...(wrapped === undefined ? {} : { wrapped }) })).toBe(wire)
  })

  it('has its plain name without words', () => {
    expect(toWirePath('issuer')).toBe('issuer')
  })
})
