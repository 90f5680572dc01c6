import { describe, expect, it } from 'vitest'
import { answerOf, Refusal } from './refusal.ts'

const response = (status: number, headers = {}) => new Response(null, { status, headers })

describe('a refusal is shown as it came', () => {
  it('of the manifests API, with the field that was named', () => {
    const causes = [{ field: 'limit', message: 'must be a whole number', reason: 'field.invalid' }]
    const body = { kind: 'Status', message: 'limit: must be a whole number', details: { causes } }
    const refusal = new Refusal(response(400, { 'x-request-id': 'r' }), body)
    expect(refusal).toMatchObject({ message: 'limit: must be a whole number', code: 'field.invalid', request: 'r' })
    expect(refusal.fields).toEqual([{ field: 'limit', sentence: 'must be a whole number', code: 'field.invalid' }])
  })

  it('without repeating a sentence that is about the whole', () => {
    const message = 'The provider was changed by somebody else in the meantime.'
    const body = { kind: 'Status', message, details: { causes: [{ message, reason: 'provider.changed' }] } }
    expect(new Refusal(response(409), body)).toMatchObject({ message, code: 'provider.changed', fields: [] })
  })

  it('of the identity-providers API', () => {
    const detail = [{ loc: ['body', 'domains', 0], msg: 'is no domain', type: 'provider.domain_invalid' }]
    const refusal = new Refusal(response(400), { detail })
    expect(refusal).toMatchObject({ message: 'is no domain', code: 'provider.domain_invalid' })
    expect(refusal.fields).toEqual([{ field: 'domains.0', sentence: 'is no domain', code: 'provider.domain_invalid' }])
  })

  it('with its decision', () => {
    expect(new Refusal(response(400, { 'entente-decision': 'd' }), {}).decision).toBe('d')
  })

  it.each([
    ['nothing', undefined],
    ['a text', 'Bad gateway'],
    ['something else', { details: { causes: 'none' } }],
  ])('or by its status where the body is %s', (_name, body) => {
    expect(new Refusal(response(502), body)).toMatchObject({
      message: 'The server answered 502.',
      code: 'unknown',
      fields: [],
    })
  })

  it('is thrown in place of data', async () => {
    expect(await answerOf(Promise.resolve({ data: 1, response: response(200) }))).toBe(1)
    await expect(answerOf(Promise.resolve({ error: {}, response: response(403) }))).rejects.toMatchObject({
      status: 403,
    })
  })
})
