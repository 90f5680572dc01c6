import fc from 'fast-check'
import type { FastifyRequest } from 'fastify'
import { describe, expect, it } from 'vitest'
import { parseStrictJson } from '../protocols/jose/strict-json.ts'
import { readGoogleForm } from './google-form.ts'

const FORM = 'application/x-www-form-urlencoded'
const read = readGoogleForm(parseStrictJson)

/** As much of a request as the reader looks at. */
function requestOf(body: string, type = 'application/json', url = '/v1/token'): FastifyRequest {
  return { body, headers: { 'content-type': type }, raw: { url } } as unknown as FastifyRequest
}

const ofJson = (value: unknown) => read(requestOf(typeof value === 'string' ? value : JSON.stringify(value)))
const ofForm = (fields: Record<string, string>) => read(requestOf(new URLSearchParams(fields).toString(), FORM))

describe('a JSON body', () => {
  it('says in camelCase what a form says in snake_case', () => {
    const form = ofJson({
      grantType: 'g',
      subjectToken: 's',
      subjectTokenType: 't',
      requestedTokenType: 'r',
      audience: 'a',
      scope: 'x y',
      options: '{"userProject":"1"}',
      clientId: '',
      actorToken: null,
      somethingElse: 7,
    })
    if ('error' in form) throw new Error(form.description)
    expect(
      ['grant_type', 'subject_token', 'subject_token_type', 'requested_token_type', 'scope'].map(form.one),
    ).toEqual(['g', 's', 't', 'r', 'x y'])
    expect(form.all('audience')).toEqual(['a'])
    for (const name of ['client_id', 'actor_token', 'something_else', 'grantType']) {
      expect(form.one(name)).toBeUndefined()
    }
  })

  it('may name several targets, and knows no snake_case', () => {
    const form = ofJson({ audience: ['a', 'b'], resource: 'c', grant_type: 'g' })
    if ('error' in form) throw new Error(form.description)
    expect([form.all('audience'), form.all('resource'), form.one('grant_type')]).toEqual([['a', 'b'], ['c'], undefined])
  })

  it.each<[string, unknown]>([
    ['no JSON', '{'],
    ['nothing', ''],
    ['a list', '[]'],
    ['a text', '"x"'],
    ['a member twice', '{"subjectToken":"a","subjectToken":"b"}'],
    ['a member twice, spelt differently', '{"subjectToken":"a","subject\\u0054oken":"b"}'],
    ['__proto__', '{"__proto__":{"grantType":"g"}}'],
    ['a number', { grantType: 1 }],
    ['an object', { subjectToken: {} }],
    ['a list of tokens', { subjectToken: ['a', 'b'] }],
    ['a list with a number', { audience: ['a', 1] }],
    ['a nested list', { audience: [['a']] }],
    ['a thousand members', Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`m${i}`, 1]))],
    ['a deep one', `${'{"a":'.repeat(40)}1${'}'.repeat(40)}`],
    ['bytes that are no UTF-8', '{"grantType":"\ufffd"}'],
    ['600 KB', { grantType: 'a'.repeat(600_000) }],
  ])('is refused with %s', (_name, value) => {
    expect(ofJson(value)).toMatchObject({ status: 400, error: 'invalid_request' })
  })

  it('is refused with a query, and with another media type', () => {
    expect(read(requestOf('{}', 'application/json', '/v1/token?grantType=g'))).toMatchObject({ status: 400 })
    expect(read(requestOf('{}', 'text/json'))).toMatchObject({ status: 400 })
    expect(read(requestOf('{}', 'application/json; charset=utf-8'))).not.toHaveProperty('error')
  })

  it('never throws, whatever the text', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => void ofJson(text)))
  })
})

describe('options', () => {
  it.each(['{}', '{"userProject":"12345"}', encodeURIComponent('{"userProject":"12345"}')])('may be %s', (options) => {
    expect(ofForm({ options })).not.toHaveProperty('error')
    expect(ofJson({ options })).not.toHaveProperty('error')
  })

  it.each(['x', '[]', '"x"', '%zz', '{"a":1,"a":2}', `{"a":"${'x'.repeat(20_000)}"}`])('may not be %s', (options) => {
    expect(ofForm({ options })).toMatchObject({ status: 400, error: 'invalid_request' })
    expect(ofJson({ options })).toMatchObject({ status: 400, error: 'invalid_request' })
  })

  it('may not ask for less than the token would give', () => {
    const options = '{"accessBoundary":{"accessBoundaryRules":[]}}'
    expect(ofForm({ options })).toMatchObject({ description: expect.stringContaining('accessBoundary') })
    expect(ofForm({ options: encodeURIComponent(options) })).toMatchObject({ status: 400 })
  })
})
