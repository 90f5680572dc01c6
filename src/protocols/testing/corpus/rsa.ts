/** RSA signatures that lax verifiers take: other paddings around the right hash, other numbers, keys that prove nothing. */
import { constants, createHash, privateEncrypt, sign } from 'node:crypto'
import { base64url, type TestKey } from '../minting.ts'
import { type BadToken, bytesOf, type Minter, numberOf } from './minter.ts'

const INVALID = 'signature signature.invalid'
/** Of keys of 2048 bits. */
const BYTES = 256
/** DigestInfo of SHA-256 up to the hash. Source: RFC 8017 §9.2, note 1 */
const SHA256_INFO = Buffer.from('3031300d060960864801650304020105000420', 'hex')

export function badRsaSignatures(minter: Minter): BadToken[] {
  return [...ofPkcs1(minter), ...ofNumbers(minter), ...ofPss(minter), ...badKeys(minter)]
}

/** A token whose signature, once the key has undone it, is the block made of what was signed. */
function withBlock({ claims }: Minter, key: TestKey, alg: string, blockOf: (input: Buffer) => Buffer): string {
  const input = `${base64url({ alg, kid: key.kid })}.${base64url(claims())}`
  const block = blockOf(Buffer.from(input))
  return `${input}.${base64url(privateEncrypt({ key: key.privateKey, padding: constants.RSA_NO_PADDING }, block))}`
}

const sha256 = (input: Buffer) => createHash('sha256').update(input).digest()

/** 00 01 FF… 00 T, filled up to the length of the key. */
function padded(info: Buffer, { type = 1, fill = 0xff, after = Buffer.alloc(0) } = {}): Buffer {
  const filling = Buffer.alloc(BYTES - 3 - info.length - after.length, fill)
  return Buffer.concat([Buffer.from([0, type]), filling, Buffer.from([0]), info, after])
}

function ofPkcs1(minter: Minter): BadToken[] {
  const { keys } = minter
  const block = (blockOf: (input: Buffer) => Buffer) => () => withBlock(minter, keys.rs, 'RS256', blockOf)
  const infoOf = (input: Buffer) => Buffer.concat([SHA256_INFO, sha256(input)])
  const rest = Buffer.alloc(100)
  return [
    ['RSA: bytes behind the hash', INVALID, block((input) => padded(infoOf(input), { after: rest }))],
    ['RSA: padding of zeros', INVALID, block((input) => padded(infoOf(input), { fill: 0 }))],
    ['RSA: padding for encryption', INVALID, block((input) => padded(infoOf(input), { type: 2 }))],
    ['RSA: padding of type 0', INVALID, block((input) => padded(infoOf(input), { type: 0 }))],
    ['RSA: the hash without its name', INVALID, block((input) => padded(sha256(input)))],
    ['RSA: the name without NULL', INVALID, block((input) => padded(withoutNull(sha256(input))))],
    ['RSA: lengths spelt longer', INVALID, block((input) => padded(longLengths(sha256(input))))],
    [
      'RSA: the name of another hash',
      INVALID,
      block((input) =>
        padded(Buffer.concat([Buffer.from('3031300d060960864801650304020205000420', 'hex'), sha256(input)])),
      ),
    ],
    [
      'RSA: the name of SHA-1 and its hash',
      INVALID,
      block((input) =>
        padded(
          Buffer.concat([
            Buffer.from('3021300906052b0e03021a05000414', 'hex'),
            createHash('sha1').update(input).digest(),
          ]),
        ),
      ),
    ],
    ['RSA: the hash of the hash', INVALID, block((input) => padded(infoOf(sha256(input))))],
    ['RSA: eight bytes of padding, the rest behind', INVALID, block((input) => shortPadding(infoOf(input)))],
    [
      'RSA: PSS under the name of RS256',
      INVALID,
      () => {
        const input = minter.good.split('.').slice(0, 2).join('.')
        const padding = constants.RSA_PKCS1_PSS_PADDING
        return `${input}.${base64url(sign('sha256', Buffer.from(input), { key: keys.rs.privateKey, padding }))}`
      },
    ],
  ]
}

/** Algorithm identifiers may not leave their parameters out here. */
function withoutNull(hash: Buffer): Buffer {
  return Buffer.concat([Buffer.from('302f300b06096086480165030402010420', 'hex'), hash])
}

/** BER instead of DER. */
function longLengths(hash: Buffer): Buffer {
  return Buffer.concat([Buffer.from('308131300d060960864801650304020105000420', 'hex'), hash])
}

function shortPadding(info: Buffer): Buffer {
  const start = Buffer.concat([Buffer.from([0, 1]), Buffer.alloc(8, 0xff), Buffer.from([0]), info])
  return Buffer.concat([start, Buffer.alloc(BYTES - start.length, 0xaa)])
}

function ofNumbers({ keys, withSignature }: Minter): BadToken[] {
  const modulus = numberOf(Buffer.from(String(keys.rs.jwk.n), 'base64url'))
  const changed = (change: (s: bigint) => bigint) => () =>
    withSignature(keys.rs, (signature) => bytesOf(change(numberOf(signature)), BYTES))
  return [
    ['RSA: the number one', INVALID, changed(() => 1n)],
    ['RSA: the modulus', INVALID, changed(() => modulus)],
    ['RSA: one less than the modulus', INVALID, changed(() => modulus - 1n)],
    ['RSA: all ones', INVALID, changed(() => 2n ** 2048n - 1n)],
    ['RSA: the negated number', INVALID, changed((s) => modulus - s)],
    ['RSA: a byte more in front', INVALID, () => withSignature(keys.rs, (s) => Buffer.concat([Buffer.alloc(1), s]))],
    ['RSA: twice', INVALID, () => withSignature(keys.rs, (s) => Buffer.concat([s, s]))],
  ]
}

interface PssShape {
  readonly salt?: Buffer
  readonly hash?: string
  readonly maskHash?: string
  readonly trailer?: number
}

/** EMSA-PSS, with each of its parts to be chosen. Source: RFC 8017 §9.1.1 */
function pssBlock(
  input: Buffer,
  { salt = Buffer.alloc(32, 7), hash = 'sha256', maskHash = hash, trailer = 0xbc }: PssShape,
): Buffer {
  const digest = (data: Buffer) => createHash(hash).update(data).digest()
  const inner = digest(Buffer.concat([Buffer.alloc(8), digest(input), salt]))
  const data = Buffer.alloc(BYTES - inner.length - 1)
  data[data.length - salt.length - 1] = 1
  salt.copy(data, data.length - salt.length)
  const mask = maskOf(inner, data.length, maskHash)
  const masked = Buffer.from(data.map((byte, index) => byte ^ (mask[index] ?? 0)))
  masked[0] = (masked[0] ?? 0) & 0x7f
  return Buffer.concat([masked, inner, Buffer.from([trailer])])
}

/** MGF1. Source: RFC 8017 appendix B.2.1 */
function maskOf(seed: Buffer, length: number, hash: string): Buffer {
  const blocks: Buffer[] = []
  for (let counter = 0; blocks.length * 20 < length; counter++) {
    const number = Buffer.alloc(4)
    number.writeUInt32BE(counter)
    blocks.push(
      createHash(hash)
        .update(Buffer.concat([seed, number]))
        .digest(),
    )
  }
  return Buffer.concat(blocks).subarray(0, length)
}

function ofPss(minter: Minter): BadToken[] {
  const { keys } = minter
  const block = (shape: PssShape) => () => withBlock(minter, keys.ps, 'PS256', (input) => pssBlock(input, shape))
  return [
    ['PSS: without salt', INVALID, block({ salt: Buffer.alloc(0) })],
    ['PSS: a salt of 20 bytes', INVALID, block({ salt: Buffer.alloc(20, 7) })],
    ['PSS: a salt of 31 bytes', INVALID, block({ salt: Buffer.alloc(31, 7) })],
    ['PSS: the longest salt there is', INVALID, block({ salt: Buffer.alloc(BYTES - 34, 7) })],
    ['PSS: another trailer', INVALID, block({ trailer: 0xcc })],
    ['PSS: a mask by SHA-1', INVALID, block({ maskHash: 'sha1' })],
    ['PSS: a mask by SHA-512', INVALID, block({ maskHash: 'sha512' })],
    ['PSS: SHA-1 throughout', INVALID, block({ hash: 'sha1' })],
    ['PSS: SHA-384 throughout', INVALID, block({ hash: 'sha384', salt: Buffer.alloc(48, 7) })],
    [
      'PSS: padding of PKCS 1 under its name',
      INVALID,
      () => withBlock(minter, keys.ps, 'PS256', (input) => padded(Buffer.concat([SHA256_INFO, sha256(input)]))),
    ],
  ]
}

/** A block that is right, to show that the wrong ones are wrong by what was changed. */
export function handmadeSignatures(minter: Minter): (readonly [string, () => string])[] {
  const info = (input: Buffer) => padded(Buffer.concat([SHA256_INFO, sha256(input)]))
  return [
    ['RS256 with padding made by hand', () => withBlock(minter, minter.keys.rs, 'RS256', info)],
    [
      'PS256 with padding made by hand',
      () => withBlock(minter, minter.keys.ps, 'PS256', (input) => pssBlock(input, {})),
    ],
  ]
}

function badKeys(minter: Minter): BadToken[] {
  const { claims, keys, signedBy } = minter
  return [
    [
      'RSA: a message as its own signature, under an exponent of one',
      'key key.unknown',
      () => {
        const input = `${base64url({ alg: 'RS256', kid: 'e-one' })}.${base64url(claims())}`
        return `${input}.${base64url(padded(Buffer.concat([SHA256_INFO, sha256(Buffer.from(input))])))}`
      },
    ],
    ['RSA: a key with an even exponent', 'key key.unknown', () => signedBy(keys.rs, 'RS256', 'e-even')],
    ['RSA: a key without an exponent', 'key key.unknown', () => signedBy(keys.rs, 'RS256', 'e-missing')],
    ['RSA: a key whose modulus is zero', 'key key.unknown', () => signedBy(keys.rs, 'RS256', 'n-of-zero')],
    ['RSA: a key that says alg none', 'key key.unknown', () => signedBy(keys.rs, 'RS256', 'alg-none')],
    ['RSA: a key whose kind is in lower case', 'key key.unknown', () => signedBy(keys.lowerCase, 'RS256')],
  ]
}
