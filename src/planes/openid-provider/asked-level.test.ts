import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LEVELS } from '../../registry/levels.ts'
import { askedAge, askedLevel, isMet, isZeroAge, preferredLevels, ZERO_AGE } from './asked-level.ts'

const claims = (acr: unknown, part = 'id_token') => ({ claims: JSON.stringify({ [part]: { acr } }) })
const [ONE, TWO, PHR, PHRH] = LEVELS

describe('a request', () => {
  it.each<[string, Record<string, unknown>, string | null]>([
    ['asks for nothing', {}, null],
    ['asks for nothing in so many words', { acr_values: ' ', claims: '{}' }, null],
    ['asks for one level', { acr_values: TWO }, TWO],
    ['takes the weakest of several', { acr_values: `${PHRH} ${TWO} ${PHR}` }, TWO],
    ['takes a known one beside others', { acr_values: `urn:other ${PHR}` }, PHR],
    ['asks for what nobody knows', { acr_values: 'urn:other' }, 'unknown'],
    ['asks by an essential claim', claims({ essential: true, value: PHR }), PHR],
    ['asks by one of several values', claims({ essential: true, values: [PHRH, PHR] }), PHR],
    ['asks by the claims of user info', claims({ essential: true, value: ONE }, 'userinfo'), ONE],
    ['only wishes', claims({ values: [PHRH] }), null],
    ['wants the claim, whatever it says', claims({ essential: true }), null],
    ['asks twice, and both count', { acr_values: TWO, ...claims({ essential: true, value: PHR }) }, PHR],
    ['asks twice, once in vain', { acr_values: TWO, ...claims({ essential: true, value: 'gold' }) }, 'unknown'],
    ['sends claims that are none', { claims: '[' }, null],
    ['sends a level that is a list', claims({ essential: true, value: [PHR] }), 'unknown'],
  ])('%s', (_name, params, level) => {
    expect(askedLevel(params)).toBe(level)
  })

  it.each<[string, Record<string, unknown>, string[]]>([
    ['names none', {}, []],
    ['names them in its order', { acr_values: `${PHR} urn:other ${TWO} ${PHR}` }, [PHR, TWO]],
    ['names them by both', { acr_values: TWO, ...claims({ essential: true, values: [PHRH, TWO] }) }, [TWO, PHRH]],
  ])('that %s likes them in this order', (_name, params, levels) => {
    expect(preferredLevels(params)).toEqual(levels)
  })

  it.each([
    ['0', 0],
    ['300', 300],
    [300, 300],
    [undefined, null],
    ['', null],
    ['-1', null],
    ['1e3', 1_000],
    ['0.5', null],
    ['soon', null],
  ])('with max_age %j may be answered by a proof of %j seconds', (max_age, age) => {
    expect(askedAge({ max_age })).toBe(age)
  })

  it('that asks for a proof of now is remembered as that, whatever the library makes of it', () => {
    expect([askedAge({ prompt: 'login', [ZERO_AGE]: '0' }), askedAge({ prompt: 'login' })]).toEqual([0, null])
    expect(['0', '00', '1', '', undefined, 'login'].filter(isZeroAge)).toEqual(['0', '00'])
  })

  it('is met by the level it asks for, by every stronger one, and by nothing else', () => {
    fc.assert(
      fc.property(fc.nat(3), fc.option(fc.nat(3)), (asked, reached) => {
        const acr = reached === null ? null : (LEVELS[reached] ?? null)
        expect(isMet(LEVELS[asked] ?? null, acr)).toBe(reached !== null && reached >= asked)
      }),
    )
    for (const acr of [...LEVELS, 'gold', null]) {
      expect([isMet(null, acr), isMet('unknown', acr)]).toEqual([true, false])
    }
    expect(isMet(ONE, 'gold')).toBe(false)
  })
})
