import { describe, expect, it } from 'vitest'
import { factsOf } from './facts.ts'

describe('settings as lines to read', () => {
  it.each([
    ['a known name', { issuer: 'https://a' }, [{ label: 'Issuer', value: 'https://a', form: 'code' }]],
    ['another name', { post_binding_response: true }, [{ label: 'Post binding response', value: 'yes', form: 'text' }]],
    ['a sentence', { description: 'For CI.' }, [{ label: 'Description', value: 'For CI.', form: 'text' }]],
    ['a number', { maxAge: 0 }, [{ label: 'Max age', value: '0', form: 'text' }]],
    [
      'texts',
      { domains: ['a.example', 'b.example'] },
      [{ label: 'Domains', value: 'a.example, b.example', form: 'code' }],
    ],
    ['a block', { oidc: { clientId: 'x' } }, [{ label: 'Client id', value: 'x', form: 'code' }]],
    [
      'a mapping',
      { attributeMapping: [{ key: 'google.subject', value: 'assertion.sub' }] },
      [{ label: 'Attribute mapping', value: 'google.subject ← assertion.sub', form: 'code' }],
    ],
  ])('%s', (_name, spec, facts) => {
    expect(factsOf(spec)).toEqual(facts)
  })

  it('leaves out what is empty, and what stands in the head of the page', () => {
    expect(factsOf({ displayName: 'x', disabled: true, domains: [], oidc: {}, description: null, issuer: '' })).toEqual(
      [],
    )
  })

  it.each([
    ['a key set', 'x'.repeat(500)],
    ['a short key set', '{"keys":[]}'],
    ['a certificate', '-----BEGIN\nx'],
    ['mappers', [{ name: 'a', config: {} }]],
  ])('folds away %s', (_name, value) => {
    expect(factsOf({ some: value })).toMatchObject([{ form: 'long' }])
  })
})
