/**
 * Messages of the Redirect binding: deflated, in the query, signed beside and not within.
 *
 * Source: SAML 2.0 Bindings §3.4.4.1. The octets that were signed are taken from the query as it came: who decodes and encodes
 * again may get others, and the sender's choice among the ways to write a character is part of what was signed.
 */
import { inflateRawSync } from 'node:zlib'
import type { Ladder } from '../../../decisions/ladder.ts'
import { signatureAlgorithm } from '../signed-xml/algorithms.ts'
import { DOCUMENT_BYTES } from '../signed-xml/read-document.ts'
import { Unacceptable } from '../signed-xml/refusal.ts'
import { verifyValue } from '../signed-xml/verify-signature.ts'
import { type ExpectedMessage, elementOf, readMessage, type SignedMessage } from './signed-message.ts'
import { attempt } from './verified-bytes.ts'

export interface RedirectMessage extends SignedMessage {
  readonly relayState: string | null
}

type MessageParameter = 'SAMLRequest' | 'SAMLResponse'

/** Source: Bindings §3.4.4.1: the only encoding that everybody knows, and the default. */
const DEFLATE = 'urn:oasis:names:tc:SAML:2.0:bindings:URL-Encoding:DEFLATE'
const OURS = ['SAMLRequest', 'SAMLResponse', 'RelayState', 'SigAlg', 'Signature', 'SAMLEncoding']

/**
 * The message in the query of the Redirect binding, inflated within bounds; climbs `token` and `signature`. `query` is the
 * raw query string without its question mark, `parameter` the one that must carry the message. A signature within the
 * message does not count here, and is refused.
 */
export function verifyRedirectSignature(
  query: string,
  parameter: MessageParameter,
  expected: ExpectedMessage,
  ladder: Ladder,
): RedirectMessage | null {
  const raw = attempt(ladder, 'token', () => parametersOf(query, parameter))
  const bytes = raw === null ? null : attempt(ladder, 'token', () => inflated(raw.get(parameter) ?? ''))
  if (raw === null || bytes === null) return null
  const message = readMessage(bytes, expected, ladder)
  if (message === null) return null
  const { root, signature } = message
  const isPlain = signature === null
  if (!ladder.check('token', isPlain, 'saml.signature_misplaced', 'a signature in the query', 'in the message'))
    return null
  const relayState = attempt(ladder, 'token', () => optionalText(raw.get('RelayState')))
  const isSigned = raw.has('Signature')
  const isFine = isSigned || !expected.mustBeSigned
  if (!ladder.check('signature', isFine, 'saml.signature_missing', 'a signed message', 'no signature')) return null
  if (isSigned && attempt(ladder, 'signature', () => verifyQuery(raw, parameter, expected)) === null) return null
  return { root: elementOf(root), isSigned, relayState }
}

/** As they stand in the query, still encoded; each at most once. */
function parametersOf(query: string, parameter: MessageParameter): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const pair of query.split('&')) {
    const [name = '', ...value] = pair.split('=')
    if (!OURS.includes(name)) continue
    if (found.has(name)) throw malformed('a parameter twice')
    found.set(name, value.join('='))
  }
  const other = parameter === 'SAMLRequest' ? 'SAMLResponse' : 'SAMLRequest'
  if (!found.has(parameter) || found.has(other)) throw malformed(`no ${parameter}, or ${other}`)
  const encoding = optionalText(found.get('SAMLEncoding')) ?? DEFLATE
  if (encoding !== DEFLATE) throw malformed('another encoding than DEFLATE')
  return found
}

function optionalText(raw: string | undefined): string | null {
  if (raw === undefined) return null
  try {
    return decodeURIComponent(raw.replaceAll('+', ' '))
  } catch {
    throw malformed('a parameter that is not encoded as a URL’s')
  }
}

function inflated(raw: string): Uint8Array {
  const bytes = base64Of(raw)
  try {
    // A few hundred bytes can blow up to megabytes: the end is where the reader would refuse, too.
    return inflateRawSync(bytes, { maxOutputLength: DOCUMENT_BYTES })
  } catch (error) {
    const isTooLong = error instanceof RangeError || Object(error).code === 'ERR_BUFFER_TOO_LARGE'
    if (isTooLong) throw new Unacceptable('saml.too_large', `at most ${DOCUMENT_BYTES} bytes`, 'more when inflated')
    throw malformed('a message that cannot be inflated')
  }
}

function verifyQuery(raw: ReadonlyMap<string, string>, parameter: MessageParameter, expected: ExpectedMessage): true {
  const algorithm = signatureAlgorithm(optionalText(raw.get('SigAlg')) ?? 'none', expected.allowSha1)
  // In this order, whatever the order in the query; RelayState only if it is there.
  const octets = [parameter, 'RelayState', 'SigAlg']
    .filter((name) => raw.has(name))
    .map((name) => `${name}=${raw.get(name)}`)
    .join('&')
  verifyValue(Buffer.from(octets), base64Of(raw.get('Signature') ?? ''), algorithm, expected)
  return true
}

function base64Of(raw: string): Buffer {
  // A plus sign that nobody encoded is one in all of these texts, not a space.
  const text = (optionalText(raw.replaceAll('+', '%2B')) ?? '').replace(/[\r\n]/g, '')
  const bytes = Buffer.from(text, 'base64')
  if (text === '' || bytes.toString('base64') !== text) throw malformed('a parameter that is not base64')
  return bytes
}

function malformed(actual: string): Unacceptable {
  return new Unacceptable('saml.malformed', 'a message of the Redirect binding', actual)
}
