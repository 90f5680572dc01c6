import { beforeAll, describe, expect, it } from 'vitest'
import { createAuthority } from '../simulators/certificates.ts'
import { readAuthorities, tlsFaults } from './config-pem.ts'

const files: Record<string, string> = { 'text.pem': 'hello', 'odd.pem': '-----BEGIN NOTHING-----\nAAAA\n' }

beforeAll(async () => {
  const authority = await createAuthority()
  const [one, other] = [await authority.issue(['one.example']), await authority.issue(['other.example'])]
  files['one.pem'] = one.certificatePem
  files['one.key'] = one.keyPem
  files['other.key'] = other.keyPem
  files['bad.pem'] = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n'
  files['some-bad.pem'] = one.certificatePem + files['bad.pem']
})

const readFile = (path: string) => {
  const text = files[path]
  if (text === undefined) throw Object.assign(new Error(path), { code: 'ENOENT' })
  return text
}
const named = (place: string, file: string | null) => (file === null ? null : { file, place })

describe('PEM files in the configuration', () => {
  it.each<[string | null, string | null, string[]]>([
    [null, null, []],
    ['one.pem', 'one.key', []],
    ['one.pem', 'other.key', ['key names other.key, which does not belong to one.pem']],
    ['one.key', 'one.key', ['cert names one.key, which holds no certificate']],
    ['one.pem', 'one.pem', ['key names one.pem, which holds no private key that can be used without a passphrase']],
    [
      'text.pem',
      'none',
      ['cert names text.pem, which is not a PEM file', 'key names none, which cannot be read (ENOENT)'],
    ],
    ['none', null, ['cert names none, which cannot be read (ENOENT)']],
    [null, 'odd.pem', ['key names odd.pem, which holds no private key that can be used without a passphrase']],
    [
      'bad.pem',
      'odd.pem',
      [
        'cert names bad.pem, which holds a certificate that cannot be read: number 1',
        'key names odd.pem, which holds no private key that can be used without a passphrase',
      ],
    ],
  ])('certificate %j with key %j', (cert, key, expected) => {
    const faults = tlsFaults(named('cert', cert), named('key', key), readFile)
    expect(faults.map(({ path, message }) => `${path} ${message}`)).toEqual(expected)
  })

  it.each<[string, string]>([
    ['one.pem', 'pem'],
    ['one.key', 'names one.key, which holds no certificate'],
    ['some-bad.pem', 'names some-bad.pem, which holds a certificate that cannot be read: number 2'],
  ])('authorities in %j', (file, expected) => {
    const read = readAuthorities({ file, place: 'ca' }, readFile)
    expect('pem' in read ? 'pem' : read.faults[0]?.message).toBe(expected)
  })
})
