/** Texts that have no meaning, or two: base64url, JSON, size. */
import { base64url, mint } from '../minting.ts'
import { type BadToken, deep, type Minter, partsOf } from './minter.ts'

export function badTexts(minter: Minter): BadToken[] {
  const { claims, withClaims, withPayload, withHeaderText, withSignature, payloadText, good, head, body, tail, keys } =
    minter
  return [
    // the serialisation
    ['empty', 'token token.malformed', () => ''],
    ['a word', 'token token.malformed', () => 'token'],
    ['two dots', 'token token.malformed', () => '..'],
    ['four parts', 'token token.malformed', () => `${good}.${tail}`],
    ['five parts (JWE)', 'token token.malformed', () => `${base64url({ alg: 'RSA-OAEP', enc: 'A256GCM' })}.a.b.c.d`],
    [
      'PBES2 with a huge count (JWE)',
      'token token.malformed',
      () => `${base64url({ alg: 'PBES2-HS256+A128KW', p2c: 2 ** 31, enc: 'A128GCM' })}.YQ.YQ.YQ.YQ`,
    ],
    ['a dot at the end', 'token token.malformed', () => `${good}.`],
    ['a dot at the beginning', 'token token.malformed', () => `.${good}`],
    [
      'JSON serialisation',
      'token token.malformed',
      () => JSON.stringify({ protected: head, payload: body, signature: tail }),
    ],
    ['a space before', 'token token.malformed', () => ` ${good}`],
    ['a line break after', 'token token.malformed', () => `${good}\n`],
    ['a space inside', 'token token.malformed', () => `${head}. ${body}.${tail}`],
    ['padding', 'token token.malformed', () => `${head}.${body}.${tail}==`],
    ['padding in the header', 'token token.malformed', () => `${head}=.${body}.${tail}`],
    [
      'the other alphabet',
      'token token.malformed',
      () => withSignature(keys.rs, (s) => s).replace(/[-_]/g, (c) => (c === '-' ? '+' : '/')),
    ],
    [
      'bits that nobody reads',
      'token token.malformed',
      () => {
        const [h, b] = partsOf(mint(keys.es, claims()))
        const signature = partsOf(mint(keys.es, claims()))[2]
        const last = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
        return `${h}.${b}.${signature.slice(0, -1)}${last[last.indexOf(signature.slice(-1)) + 1]}`
      },
    ],
    ['percent signs', 'token token.malformed', () => good.replaceAll('.', '%2E')],
    ['a NUL at the end', 'token token.malformed', () => `${good}\0`],
    ['characters outside ASCII', 'token token.malformed', () => `${good.slice(0, -1)}ａ`],
    ['a BOM before the payload', 'token token.malformed', () => withPayload(`\ufeff${JSON.stringify(claims())}`)],
    ['a BOM before the header', 'token token.malformed', () => withHeaderText('\ufeff{"alg":"RS256","kid":"rs"}')],
    [
      'a payload in UTF-16',
      'token token.malformed',
      () => withPayload(Buffer.from(JSON.stringify(claims()), 'utf16le')),
    ],
    [
      'a payload in Latin-1',
      'token token.malformed',
      () => withPayload(Buffer.from(JSON.stringify(claims({ sub: 'ü' })), 'latin1')),
    ],
    [
      'UTF-8 longer than needed',
      'token token.malformed',
      () => withPayload(Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xc0, 0xaf]), Buffer.from('"}')])),
    ],
    [
      'a surrogate in UTF-8',
      'token token.malformed',
      () => withPayload(Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xed, 0xa0, 0x80]), Buffer.from('"}')])),
    ],
    ['half of a character', 'token token.malformed', () => withPayload(payloadText('"a":"\\ud800"'))],
    ['half of a character in a name', 'token token.malformed', () => withPayload(payloadText('"\\udc00":1'))],
    // JSON
    ['a payload that is a list', 'token token.malformed', () => withPayload(`[${JSON.stringify(claims())}]`)],
    ['a payload that is a text', 'token token.malformed', () => withPayload('"a"')],
    ['a payload that is null', 'token token.malformed', () => withPayload('null')],
    ['an empty payload', 'token token.malformed', () => withPayload('')],
    ['a payload that is JSON and more', 'token token.malformed', () => withPayload(`${JSON.stringify(claims())}{}`)],
    ['a payload with a comment', 'token token.malformed', () => withPayload(`/**/${JSON.stringify(claims())}`)],
    ['a payload with a last comma', 'token token.malformed', () => withPayload(payloadText(''))],
    ['a payload with NaN', 'token token.malformed', () => withPayload(payloadText('"a":NaN'))],
    ['a header that is a list', 'token token.malformed', () => withHeaderText('[]')],
    ['a header that is not JSON', 'token token.malformed', () => withHeaderText("{'alg':'RS256'}")],
    ['sub twice', 'token token.malformed', () => withPayload(payloadText('"sub":"admin"'))],
    ['sub twice, once in escapes', 'token token.malformed', () => withPayload(payloadText('"\\u0073ub":"admin"'))],
    ['aud twice', 'token token.malformed', () => withPayload(`{"aud":"x",${JSON.stringify(claims()).slice(1)}`)],
    ['a member twice further in', 'token token.malformed', () => withPayload(payloadText('"x":[{"a":1,"a":2}]'))],
    ['alg twice', 'token token.malformed', () => withHeaderText('{"alg":"none","alg":"RS256","kid":"rs"}')],
    ['kid twice', 'token token.malformed', () => withHeaderText('{"alg":"RS256","kid":"es","kid":"rs"}')],
    ['__proto__', 'token token.malformed', () => withPayload(payloadText('"__proto__":{"admin":true}'))],
    [
      '__proto__ in escapes',
      'token token.malformed',
      () => withPayload(payloadText('"__pr\\u006fto__":{"admin":true}')),
    ],
    ['__proto__ further in', 'token token.malformed', () => withPayload(payloadText('"a":{"__proto__":1}'))],
    [
      '__proto__ in the header',
      'token token.malformed',
      () => withHeaderText('{"alg":"RS256","__proto__":{"kid":"rs"}}'),
    ],
    // size
    ['longer than 16 KiB', 'token token.malformed', () => withClaims({ a: 'x'.repeat(16_000) })],
    ['33 levels deep', 'token token.malformed', () => withPayload(payloadText(`"a":${deep(33)}`))],
    [
      'thousands of lists deep',
      'token token.malformed',
      () => withPayload(payloadText(`"a":${'['.repeat(5000)}${']'.repeat(5000)}`)),
    ],
    [
      'thousands of levels deep in the header',
      'token token.malformed',
      () => withHeaderText(`{"alg":"RS256","a":${deep(1000)}}`),
    ],
    [
      '501 claims',
      'token token.malformed',
      () => withClaims(Object.fromEntries(Array.from({ length: 501 }, (_, i) => [`c${i}`, 1]))),
    ],
  ]
}
