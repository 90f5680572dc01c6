import { describe, expect, it } from 'vitest'
import { createLadder, Refused } from '../../../decisions/ladder.ts'
import { samlCodes } from '../../../decisions/saml-codes.ts'
import { BAD, GOOD } from '../testing/corpus.ts'
import { judgeResponse } from './judge-response.ts'

const VICTIM = 'victim@corp.example'
/** What is promised of any message, however it was made; most take a thousandth of it. */
const PROMISED_MS = 2_000

describe('a response of the corpus that must be accepted', () => {
  it.each(GOOD)('$name', ({ bytes, expected }) => {
    const ladder = createLadder('strict')
    const assertion = judgeResponse(bytes, expected, ladder)
    expect(assertion).toMatchObject({ assertionId: '_assertion-1', issuer: 'https://idp.example/saml' })
    expect(ladder.failure).toBeNull()
  })

  it('is there in more than twenty shapes', () => expect(GOOD.length).toBeGreaterThan(20))
})

describe('a response of the corpus that must be refused', () => {
  it.each(BAD)('$name: $code', ({ bytes, expected, code }) => {
    const began = performance.now()
    const refused = (() => {
      try {
        return judgeResponse(bytes, expected, createLadder('strict'))
      } catch (error) {
        return error
      }
    })()
    expect(refused).toBeInstanceOf(Refused)
    expect(refused).toMatchObject({ code })
    // The lenient ladder, which climbs on, comes to the same end, and never takes mallory for the victim.
    const lenient = createLadder('lenient')
    const seen = judgeResponse(bytes, expected, lenient)
    expect(lenient.failure).toMatchObject({ code })
    expect(JSON.stringify(seen?.nameId?.value ?? null)).not.toBe(JSON.stringify(VICTIM))
    expect(performance.now() - began).toBeLessThan(PROMISED_MS)
  })

  it('is there in more than a hundred shapes, and for nearly every code', () => {
    expect(BAD.length).toBeGreaterThan(100)
    const never = Object.keys(samlCodes).filter((code) => !BAD.some((one) => one.code === code))
    expect(never).toEqual([])
  })
})
