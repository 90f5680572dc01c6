import { describe, expect, it } from 'vitest'
import { createFormTokens, isOwnForm } from './form-tokens.ts'

const tokens = createFormTokens(Buffer.alloc(32, 1))
const token = tokens.make('sessions', 's-1')

describe('a token of a form', () => {
  it('counts for the form and the session that it was made for, in every process', () => {
    expect(createFormTokens(Buffer.alloc(32, 1)).accepts(token, 'sessions', 's-1')).toBe(true)
  })

  it.each<[string, string | undefined, string, string]>([
    ['no token', undefined, 'sessions', 's-1'],
    ['an empty one', '', 'sessions', 's-1'],
    ['another session', token, 'sessions', 's-2'],
    ['another form', token, 'consent', 's-1'],
    ['another split of the same texts', tokens.make('sessionss', '-1'), 'sessions', 's-1'],
    ['another key', createFormTokens(Buffer.alloc(32, 2)).make('sessions', 's-1'), 'sessions', 's-1'],
    ['a longer one', `${token}x`, 'sessions', 's-1'],
  ])('does not for %s', (_name, given, form, session) => {
    expect(tokens.accepts(given, form, session)).toBe(false)
  })
})

it.each([
  [undefined, true],
  ['https://sso.example', true],
  ['https://sso.example.evil.example', false],
  ['http://sso.example', false],
  ['null', false],
])('a form from %s is our own: %s', (origin, isOwn) => {
  expect(isOwnForm({ headers: origin === undefined ? {} : { origin } }, 'https://sso.example')).toBe(isOwn)
})
