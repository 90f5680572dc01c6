import { describe, expect, it } from 'vitest'
import { paintFor, shortened } from './terminal.ts'

describe('paint', () => {
  it.each([
    ['a terminal gets colours', { isTTY: true }, {}, true],
    ['a pipe gets none', {}, {}, false],
    ['NO_COLOR takes them away', { isTTY: true }, { NO_COLOR: '1' }, false],
    ['an empty NO_COLOR does not', { isTTY: true }, { NO_COLOR: '' }, true],
    ['a dumb terminal gets none', { isTTY: true }, { TERM: 'dumb' }, false],
  ])('%s', (_sentence, stream, env, coloured) => {
    expect(paintFor(stream, env).red('x')).toBe(coloured ? '\u001b[31mx\u001b[0m' : 'x')
  })
})

describe('a shortened token', () => {
  it('shows too little to be used', () => {
    expect(shortened('eyJhbGciOiJFUzI1NiJ9.payload.signature')).toBe('eyJhbGciOiJF…')
    expect(shortened('short')).toBe('…')
  })
})
