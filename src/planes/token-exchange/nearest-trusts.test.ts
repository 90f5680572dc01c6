import { describe, expect, it } from 'vitest'
import { principalOf, providerOf, trustOf } from '../../storage/conformance/samples.ts'
import { createAttempt, decisionOf } from '../attempt.ts'
import { refusedExchange } from '../oauth-error.ts'
import type { Found } from './find-trust.ts'
import { explainRefusal } from './nearest-trusts.ts'

const attempt = () =>
  createAttempt({
    id: 'd',
    at: new Date(0),
    address: '192.0.2.7',
    plane: 'token-exchange',
    mode: 'strict',
    refusal: refusedExchange,
  })

const principal = { ...principalOf('default'), enabled: true }
const provider = providerOf('default')
function found(cutename: string, condition: string | null, fields: Partial<Found['trust']> = {}): Found {
  const own = { cutename, condition, allowSourceCidrs: [], enabled: true }
  return { trust: trustOf(principal, provider, { ...own, ...fields }), principal }
}

const claims = { org: 'octo', repo: 'app', ref: 'dev', access_token: 'canary' }
const near = found('near-trust-10000', 'claims.org == "octo" && claims.repo == "app" && claims.ref == "main"')
const far = found('far-trust-20000', 'claims.org == "x" && claims.repo == "y" && claims.access_token == "z"')
const open = found('open-trust-30000', 'claims.org == "octo"')

describe('a refused token', () => {
  it('is explained by the condition that was asked, and by the trusts that came nearest', () => {
    const told = attempt()
    explainRefusal(told, claims, far.trust, [far, near, open])
    const { conditionParts, nearestTrusts } = decisionOf(told)
    expect(conditionParts?.map(({ text, differs }) => [text, differs === true])).toEqual([
      ['claims.org == "x"', true],
      ['claims.repo == "y"', false],
      ['claims.access_token == "z"', false],
    ])
    expect(nearestTrusts).toEqual([
      { trust: 'open-trust-30000', verdict: 'true', parts: [] },
      {
        trust: 'near-trust-10000',
        verdict: 'false',
        parts: [
          {
            text: 'claims.ref == "main"',
            value: 'false',
            reads: [{ text: 'claims.ref', value: '"dev"' }],
            differs: true,
          },
        ],
      },
    ])
    expect(JSON.stringify(decisionOf(told))).not.toContain('canary')
  })

  it.each<[string, Found, string]>([
    ['a disabled trust', found('off-trust-40000', 'claims.org == "octo"', { enabled: false }), 'trust.disabled'],
    ['a disabled principal', { ...open, principal: { ...principal, enabled: false } }, 'principal.disabled'],
    ['another address', found('net-trust-50000', null, { allowSourceCidrs: ['10.0.0.0/8'] }), 'address.denied'],
  ])('is told that %s stands in the way, after trusts with nothing in it', (_, hindered, code) => {
    const told = attempt()
    const free = found('free-trust-60000', 'claims.org == "octo"')
    explainRefusal(told, claims, null, [far, hindered, free])
    expect(told.conditionParts).toBeNull()
    expect(told.nearestTrusts?.map((one) => [one.trust, one.hindrance])).toEqual([
      ['free-trust-60000', undefined],
      [hindered.trust.cutename, code],
      ['far-trust-20000', undefined],
    ])
  })

  it('is compared with some fifty trusts at most, and tells three', () => {
    const many = Array.from({ length: 5_000 }, (_, index) => found(`t-${index}`, `claims.ref == "${index}"`))
    const told = attempt()
    explainRefusal(told, { ref: '4999' }, null, many)
    expect(told.nearestTrusts?.map((one) => one.trust)).toEqual(['t-0', 't-1', 't-2'])
  })
})
