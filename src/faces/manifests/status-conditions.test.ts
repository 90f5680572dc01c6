import { beforeAll, describe, expect, it } from 'vitest'
import { createKey, DAY_MS, NOW } from '../../protocols/saml/testing/certificates.ts'
import { providerOf } from '../../protocols/testing/upstream.ts'
import type { Provider } from '../../registry/provider.ts'
import { conditionsOf } from './status-conditions.ts'

const at = (days: number) => new Date(NOW.getTime() + days * DAY_MS)
const people = (change: Partial<Provider>): Provider =>
  providerOf(
    { clientId: 'c', discovered: {} },
    { use: 'workforce', createdAt: at(-100), updatedAt: at(-50), ...change },
  )
const told = (provider: Provider) =>
  conditionsOf(provider, NOW).map(({ type, status, reason, lastTransitionTime }) => [
    type,
    status,
    reason,
    lastTransitionTime,
  ])

const changed = at(-50).toISOString()
const usual = [
  ['Ready', 'True', 'Usable', changed],
  ['Discovered', 'True', 'Confirmed', changed],
  ['SecretMissing', 'True', 'PublicClient', changed],
]

let ends: (days: number) => string
beforeAll(async () => {
  const key = await createKey()
  const made = new Map(
    await Promise.all([-3, 20, 90].map(async (days) => [days, (await key.certificate([-200, days])).base64] as const)),
  )
  ends = (days) => made.get(days) ?? ''
})

describe('conditions', () => {
  it('tell what an operator should know, each with the form that clients of Kubernetes read', () => {
    for (const condition of conditionsOf(people({}), NOW)) {
      expect(condition).toEqual({
        type: expect.stringMatching(/^[A-Z][A-Za-z]+$/),
        status: expect.stringMatching(/^(True|False|Unknown)$/),
        reason: expect.stringMatching(/^[A-Z][A-Za-z]+$/),
        message: expect.stringMatching(/\.$/),
        lastTransitionTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      })
    }
    expect(told(people({}))).toEqual(usual)
  })

  it.each<[string, Partial<Provider>, unknown[][]]>([
    [
      'a stored secret',
      { secrets: { clientSecret: 's' } },
      [...usual.slice(0, 2), ['SecretMissing', 'False', 'Stored', changed]],
    ],
    ['an ID token without a code', { settings: { responseType: 'ID_TOKEN', discovered: {} } }, usual.slice(0, 2)],
    ['a switch', { enabled: false }, [['Ready', 'False', 'Disabled', changed], ...usual.slice(1)]],
    ['pending domains', { domains: ['a.example'] }, [...usual, ['DomainsPending', 'True', 'NotProved', changed]]],
    ['an expiry to come', { expiresAt: at(10) }, [...usual, ['Expired', 'False', 'ExpireTime', changed]]],
    [
      'an expiry that is past',
      { expiresAt: at(-2) },
      [
        ['Ready', 'False', 'Expired', at(-2).toISOString()],
        ...usual.slice(1),
        ['Expired', 'True', 'ExpireTime', at(-2).toISOString()],
      ],
    ],
    [
      'an expiry before it was made',
      { expiresAt: at(-200) },
      [
        ['Ready', 'False', 'Expired', at(-100).toISOString()],
        ...usual.slice(1),
        ['Expired', 'True', 'ExpireTime', at(-100).toISOString()],
      ],
    ],
    [
      'keys and endpoints of its own',
      { settings: { jwksJson: '{}' } },
      [usual[0] ?? [], ['Discovered', 'Unknown', 'NotAsked', changed], usual[2] ?? []],
    ],
    ['a workload', { use: 'workload', settings: { jwksUri: 'x' } }, usual.slice(0, 2)],
    [
      'a trust domain',
      { use: 'workload', protocol: 'spiffe', settings: { bundleEndpointUrl: 'x' } },
      usual.slice(0, 2),
    ],
  ])('tell of %s', (_what, change, expected) => {
    expect(told(people(change))).toEqual(expected)
  })

  const saml = (days: number) =>
    told(people({ protocol: 'saml', settings: { discovered: { signingCertificate: `${ends(-3)},${ends(days)}` } } }))

  it('tell of certificates a month before the last one ends, and when it has', () => {
    expect(saml(90)).toEqual([usual[0], usual[1], ['CertificateExpiring', 'False', 'NotAfter', changed]])
    expect(saml(20)).toEqual([usual[0], usual[1], ['CertificateExpiring', 'True', 'NotAfter', at(-10).toISOString()]])
    expect(saml(-3)).toEqual([
      ['Ready', 'False', 'CertificateExpired', at(-3).toISOString()],
      usual[1],
      ['CertificateExpiring', 'True', 'NotAfter', at(-33).toISOString()],
      ['CertificateExpired', 'True', 'NotAfter', at(-3).toISOString()],
    ])
  })

  it('survive certificates that nobody can read', () => {
    expect(told(people({ protocol: 'saml', settings: { signingCertificate: 'x' } }))).toHaveLength(2)
  })
})
