import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { settings } from './config-settings.ts'

const valueIn = <T>(read: { readonly value: T } | { readonly fault: string }) => ('value' in read ? read.value : null)

const port = fc.integer({ min: 1, max: 65_535 })
const label = fc.stringMatching(/^[a-z]([a-z0-9-]{0,10}[a-z0-9])?$/)
const host = fc.array(label, { minLength: 1, maxLength: 4 }).map((labels) => labels.join('.'))
const bracketed = (address: string) => (address.includes(':') ? `[${address}]` : address)
const address = fc.oneof(fc.ipV4(), fc.ipV6())

describe('settings', () => {
  it('have one variable, flag and file key each, and a default they read themselves', () => {
    const all = Object.values(settings)
    for (const word of ['variable', 'flag', 'fileKey'] as const) {
      expect(new Set(all.map((setting) => setting[word])).size).toBe(all.length)
    }
    for (const { fallback, read } of all) if (fallback !== null) expect(read(fallback)).toHaveProperty('value')
  })

  it('read any address or name with any port', () => {
    fc.assert(
      fc.property(fc.oneof(address, host), port, (host, port) => {
        expect(valueIn(settings.listen.read(`${bracketed(host)}:${port}`))).toEqual({ host, port })
      }),
    )
  })

  it('read where any host and port lead', () => {
    const way = fc.record({ host: fc.oneof(host, address), port, toAddress: address, toPort: port })
    const ways = fc.uniqueArray(way, { maxLength: 5, selector: ({ host, port }) => `${host}:${port}` })
    fc.assert(
      fc.property(ways, (ways) => {
        const texts = ways.map((way) => `${bracketed(way.host)}:${way.port}=${bracketed(way.toAddress)}:${way.toPort}`)
        expect(valueIn(settings.upstreamConnectTo.read(texts.join(' , ')))).toEqual(ways)
      }),
    )
  })

  it('take a URL only if it is its own origin', () => {
    fc.assert(
      fc.property(fc.oneof(fc.webUrl({ withQueryParameters: true, withFragments: true }), fc.string()), (text) => {
        const value = valueIn(settings.url.read(text))
        if (value !== null) expect(new URL(value).origin).toBe(value.replace(/:(80|443)$/, ''))
      }),
    )
    fc.assert(
      fc.property(host, fc.constantFrom('http', 'https'), (host, scheme) => {
        expect(valueIn(settings.url.read(`${scheme}://${host}/`))).toBe(`${scheme}://${host}`)
      }),
    )
  })

  it('take keys of 32 bytes and no others', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 0, maxLength: 64 }), (bytes) => {
        const value = valueIn(settings.sealKey.read(Buffer.from(bytes).toString('base64')))
        expect(value === null ? null : [...value]).toEqual(bytes.length === 32 ? [...bytes] : null)
      }),
    )
  })

  it('never repeat a secret in what is wrong with it', () => {
    const secret = fc.string({ minLength: 8 })
    fc.assert(
      fc.property(secret, fc.constantFrom(settings.sealKey, settings.operatorToken, settings.database), (text, one) => {
        const read = one.read(text)
        if ('fault' in read) expect(read.fault).not.toContain(text)
      }),
    )
  })
})
