/**
 * Our verdict on signatures against that of xmlsec1, on the corpus and on a thousand mutated responses: never laxer, and where
 * it is stricter, for a reason that stands here.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { createLadder } from '../../src/decisions/ladder.ts'
import { judgeResponse } from '../../src/protocols/saml/response/judge-response.ts'
import type { ExpectedResponse } from '../../src/protocols/saml/response/port.ts'
import { BAD, GOOD, goodCase } from '../../src/protocols/saml/testing/corpus.ts'
import { isVerifiedByXmlsec, SIGNATURE_OF_ASSERTION, SIGNATURE_OF_RESPONSE } from '../saml-corpus/xmlsec.ts'
import { mutated } from './saml-mutations.ts'

const SEED = 20_261_125
const MUTATIONS = 1_000
/** Two cores: more processes at a time would only wait for each other. */
const AT_A_TIME = 4
const PATIENCE_MS = 300_000

/** Why we refuse what xmlsec1 verifies. A signature that fails, or a digest, is not among them. */
const STRICTER: Readonly<Record<string, string>> = {
  'saml.doctype_refused': 'document types are never read: entities, default attributes, XXE',
  'saml.instruction_refused': 'an instruction within a text has parted readers',
  'saml.cdata_refused': 'a CDATA section within a text has parted readers',
  'saml.comment_refused': 'a comment within a text, or a digest, has parted readers',
  'saml.too_complex': 'work is bounded',
  'saml.too_large': 'work is bounded',
  'saml.encoding_refused': 'UTF-8 alone',
  'saml.message_unknown': 'the signed document is no response',
  'saml.id_invalid': 'IDs are XML names of bounded length',
  'saml.id_duplicate': 'whatever could be taken for an ID is there once',
  'saml.assertion_malformed': 'a response has each of its parts once, and nothing else',
  'saml.assertion_missing': 'there is nothing to be taken from it',
  'saml.assertion_not_alone': 'wrapping: one assertion and no other',
  'saml.assertion_misplaced': 'wrapping: the assertion is a child of the response',
  'saml.signature_misplaced': 'wrapping: a signature is a child of what it signs',
  'saml.signature_not_alone': 'wrapping: one signature for each element',
  'saml.signature_missing': 'what is signed is not the assertion',
  'saml.signature_malformed': 'SAML’s own form of a signature, without objects and parameters',
  'saml.reference_wrong': 'a signature covers its own parent by ID, and nothing else',
  'saml.transform_refused': 'enveloped, then exclusive without comments; no XPath, no XSLT',
  'saml.canonicalisation_refused': 'exclusive without comments',
  'saml.algorithm_refused': 'SHA-224 is not on the list',
  'saml.sha1_refused': 'SHA-1 by the named switch only',
  'saml.certificate_outdated': 'the certificate is not valid at the time',
  'saml.key_missing': 'the certificate is not valid at the time',
  'saml.malformed': 'a namespace that is no absolute URI, or another version of XML',
  'saml.encryption_algorithm': 'the encryption is not looked at by xmlsec1 --verify',
  'saml.decryption_failed': 'the encryption is not looked at by xmlsec1 --verify',
}
/** What the response says of itself, and whether it is encrypted, is judged before the assertion's signature. */
const BEFORE = /^(upstream\.|saml\.status_failed|saml\.encryption_missing)/

const folder = mkdtempSync(join(tmpdir(), 'saml-signatures-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface Verdict {
  readonly name: string
  /** Null: every signature verified. */
  readonly ours: string | null
  readonly theirs: boolean
}

function ourVerdict(
  bytes: Uint8Array,
  expected: ExpectedResponse,
): { readonly code: string | null; readonly isHidden: boolean } {
  const ladder = createLadder('lenient')
  judgeResponse(bytes, expected, ladder)
  const { failure, rungs } = ladder
  const isHidden = rungs.some(({ name, outcome }) => name === 'decryption' && outcome === 'passed')
  const signature = rungs.find(({ name }) => name === 'signature')
  return { code: signature?.outcome === 'passed' ? null : (failure?.code ?? 'none'), isHidden }
}

/** Every signature that is there, where one may be, by one of the certificates. */
async function theirVerdict(name: string, bytes: Uint8Array, { certificates }: ExpectedResponse): Promise<boolean> {
  const file = join(folder, `${name}.xml`)
  writeFileSync(file, bytes)
  const text = Buffer.from(bytes).toString('latin1')
  const paths = pathsOf(text)
  if (paths.length === 0) return false
  for (const path of paths) {
    const verdicts: boolean[] = []
    for (const certificate of certificates) verdicts.push(await isVerifiedByXmlsec(file, path, pemFile(certificate)))
    if (!verdicts.includes(true)) return false
  }
  return true
}

function pathsOf(text: string): string[] {
  const isInAssertion = /<[\w.-]*:?Assertion[\s>][\s\S]*<[\w.-]*:?Signature[\s>]/.test(text)
  const head = text.split(/<[\w.-]*:?(?:Encrypted)?Assertion[\s>]/)[0] ?? ''
  const isInResponse = /<[\w.-]*:?Signature[\s>]/.test(head)
  return [...(isInResponse ? [SIGNATURE_OF_RESPONSE] : []), ...(isInAssertion ? [SIGNATURE_OF_ASSERTION] : [])]
}

const pemFiles = new Map<string, string>()
function pemFile(certificate: string): string {
  const known = pemFiles.get(certificate)
  if (known !== undefined) return known
  const file = join(folder, `${pemFiles.size}.pem`)
  const lines = certificate.match(/.{1,64}/g) ?? []
  writeFileSync(file, `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`)
  pemFiles.set(certificate, file)
  return file
}

async function verdictsOf(
  cases: readonly { readonly name: string; readonly bytes: Uint8Array; readonly expected: ExpectedResponse }[],
): Promise<Verdict[]> {
  const verdicts: Verdict[] = []
  const waiting = [...cases]
  const work = async () => {
    for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) {
      const { code, isHidden } = ourVerdict(one.bytes, one.expected)
      // What is signed within a ciphertext only we can see.
      if (isHidden) continue
      verdicts.push({ name: one.name, ours: code, theirs: await theirVerdict(one.name, one.bytes, one.expected) })
    }
  }
  await Promise.all(Array.from({ length: AT_A_TIME }, work))
  return verdicts
}

function laxer(verdicts: readonly Verdict[]) {
  return verdicts.filter(({ ours, theirs }) => ours === null && !theirs)
}

function stricterWithoutReason(verdicts: readonly Verdict[]) {
  return verdicts.filter(({ ours, theirs }) => {
    return ours !== null && theirs && STRICTER[ours] === undefined && !BEFORE.test(ours)
  })
}

describe('signatures as xmlsec1 sees them', () => {
  it('verify here as there on the corpus, or are refused for a stated reason', { timeout: PATIENCE_MS }, async () => {
    const verdicts = await verdictsOf([...GOOD, ...BAD])
    expect(laxer(verdicts)).toEqual([])
    expect(stricterWithoutReason(verdicts)).toEqual([])
    expect(verdicts.filter(({ ours, theirs }) => ours === null && theirs).length).toBeGreaterThan(100)
    expect(verdicts.filter(({ ours, theirs }) => ours !== null && !theirs).length).toBeGreaterThan(50)
  })

  it(`verify here as there on ${MUTATIONS} mutated responses`, { timeout: PATIENCE_MS }, async () => {
    const originals = [
      'assertion-signed',
      'response-signed',
      'both-signed',
      'written.pretty',
      'written.without-prefixes',
    ]
    const inclusive = ['assertion-signed.inclusive-namespaces', 'response-signed.inclusive-namespaces-default']
    const { expected } = goodCase('assertion-signed')
    const texts = [...originals, ...inclusive].map((name) => goodCase(name).bytes.toString('utf8'))
    const cases = mutated(texts, MUTATIONS, SEED).map((xml, index) => ({
      name: `mutated-${index}`,
      bytes: Buffer.from(xml),
      expected,
    }))
    const verdicts = await verdictsOf(cases)
    expect(verdicts).toHaveLength(MUTATIONS)
    expect(laxer(verdicts)).toEqual([])
    expect(stricterWithoutReason(verdicts)).toEqual([])
    // Both kinds, or the mutations would show nothing.
    expect(verdicts.filter(({ ours, theirs }) => ours === null && theirs).length).toBeGreaterThan(100)
    expect(verdicts.filter(({ ours, theirs }) => ours !== null && !theirs).length).toBeGreaterThan(100)
  })
})
