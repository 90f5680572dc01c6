import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { returnPathOf } from './return-path.ts'

describe('the path to go back to', () => {
  it.each([
    ['a page', '/console/providers/workload/github', '/console/providers/workload/github'],
    [
      'a page with filters',
      '/console/decisions?code=a.b&organization=acme',
      '/console/decisions?code=a.b&organization=acme',
    ],
    ['the start', '/console/', '/console/'],
    ['a fragment is dropped', '/console/keys#x', '/console/keys'],
  ])('stays: %s', (_name, given, path) => {
    expect(returnPathOf(given)).toBe(path)
  })

  it.each([
    ['another site', 'https://evil.example/console/'],
    ['another site without a scheme', '//evil.example/console/'],
    ['backslashes', '/\\evil.example/console/'],
    ['a script', 'javascript:alert(1)//console/'],
    ['another part of the server', '/oauth2/logout'],
    ['a path that only begins like it', '/consoles/'],
    ['dots that lead out', '/console/../oauth2/logout'],
    ['encoded dots', '/console/%2e%2e/oauth2/logout'],
    ['backslashed dots', '/console/..\\oauth2\\logout'],
    ['the end of a sign-in', '/console/return?code=x'],
    ['the end of a sign-in with a slash', '/console/return/?code=x'],
    ['the window of a step-up', '/console/step-up'],
    ['nothing', undefined],
    ['no text', { path: '/console/' }],
  ])('is the start for %s', (_name, given) => {
    expect(returnPathOf(given)).toBe('/console/')
  })

  it('never leads out of the console, whatever was stored', () => {
    const piece = fc.constantFrom('/console/', '..', '/', '\\', '%2e', '?', '#', '@', ':', 'x', '\t', '//evil.example')
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(piece).map((pieces) => `/console/${pieces.join('')}`),
        ),
        (given) => {
          const { origin, pathname } = new URL(returnPathOf(given), 'https://entente.example')
          expect([origin, pathname.startsWith('/console/')]).toEqual(['https://entente.example', true])
        },
      ),
    )
  })
})
