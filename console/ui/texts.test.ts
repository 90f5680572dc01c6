import { describe, expect, it } from 'vitest'
import { agoText, exactText } from './moment-text.ts'
import { humanised } from './words.ts'

describe('names of the API in words', () => {
  it.each([
    ['CertificateExpired', 'Certificate expired'],
    ['Ready', 'Ready'],
    ['max_age', 'Max age'],
    ['idpMetadataXml', 'Idp metadata xml'],
    ['token-exchange', 'Token exchange'],
    ['allow_sha1', 'Allow sha1'],
    ['requireSAMLSigned', 'Require SAML signed'],
    ['SAML', 'SAML'],
    ['', ''],
  ])('%s', (name, words) => {
    expect(humanised(name)).toBe(words)
  })
})

describe('how long ago something was', () => {
  const now = Date.parse('2026-11-25T12:00:00Z')
  it.each([
    ['2026-11-25T11:59:58Z', 'just now'],
    ['2026-11-25T11:59:20Z', '40 seconds ago'],
    ['2026-11-25T11:30:00Z', '30 minutes ago'],
    ['2026-11-25T00:00:00Z', '12 hours ago'],
    ['2026-11-24T12:00:00Z', 'yesterday'],
    ['2026-01-01T00:00:00Z', '10 months ago'],
    ['2026-11-26T12:00:00Z', 'tomorrow'],
    ['2028-11-26T12:00:00Z', 'in 2 years'],
    ['never', 'never'],
  ])('%s', (at, text) => {
    expect(agoText(at, now)).toBe(text)
  })

  it('exactly, or as it came where it is no moment', () => {
    expect(exactText('2026-11-25T11:59:58Z')).toMatch(/25 Nov 2026/)
    expect(exactText('never')).toBe('never')
  })
})
