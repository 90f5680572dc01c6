import { describe, expect, it } from 'vitest'
import { durationText, lookInto, suspicions } from './unverified.ts'

const now = new Date('2026-11-25T12:00:00Z')
const seconds = now.getTime() / 1000
const token = (claims: object) =>
  ['{"alg":"RS256"}', JSON.stringify(claims), 'x'].map((part) => Buffer.from(part).toString('base64url')).join('.')
const good = { iss: 'https://issuer.example', sub: 's', aud: 'id.example', iat: seconds - 5, exp: seconds + 300 }

describe('what the holder of a refused token can see for themselves', () => {
  it.each([
    ['nothing', good, []],
    ['several audiences', { ...good, aud: ['x', 'id.example'] }, []],
    ['another audience', { ...good, aud: 'vault' }, ['for "vault", the client id is of "id.example"']],
    ['no audience', { ...good, aud: undefined }, ['for nobody']],
    ['an expired one', { ...good, iat: seconds - 400, exp: seconds - 100 }, ['expired 100 seconds ago']],
    ['an old one', { ...good, iat: seconds - 3_600 }, ['60 minutes old']],
    ['one of the future', { ...good, iat: seconds + 600, exp: seconds + 900 }, ['issued in the future']],
    ['steering characters', { ...good, aud: '\u001b[2Jx' }, ['\\u{1b}[2Jx']],
    ['odd types', { ...good, aud: 7, iat: 'x', exp: null }, ['for nobody']],
  ])('%s', (_, claims, expected) => {
    const found = suspicions(lookInto(token(claims)), 'id.example', now)
    expect(found).toHaveLength(expected.length)
    expected.forEach((part, index) => {
      expect(found[index]).toContain(part)
    })
  })

  it.each(['', 'abc', 'a.b.c', `${token({}).slice(0, 20)}`])('%j is no JWT', (text) => {
    expect(lookInto(text)).toBeNull()
    expect(suspicions(lookInto(text), null, now)).toEqual([expect.stringContaining('is no JWT')])
  })

  it('a short client id says nothing of the audience', () => {
    expect(suspicions(lookInto(token({ ...good, aud: 'vault' })), null, now)).toEqual([])
  })
})

it.each([
  [1, '1 second'],
  [119.4, '119 seconds'],
  [300, '5 minutes'],
  [7_200, '2 hours'],
  [-3, '0 seconds'],
])('%d seconds are %s', (given, text) => {
  expect(durationText(given)).toBe(text)
})
