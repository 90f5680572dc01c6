/**
 * The bar of SAML: validating a response with all checks, against a library of Node and against xmlsec1, which checks the
 * signature only. One response for all, signed by xmlsec1; contestants take turns within the same rounds.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { SAML, ValidateInResponseTo } from '@node-saml/node-saml'
import type { ExpectedResponse } from '../src/protocols/saml/response/port.ts'
import { DAY_MS, NOW } from '../src/protocols/saml/testing/certificates.ts'
import { type CorpusKey, makeKey } from '../test/saml-corpus/keys.ts'
import { signer } from '../test/saml-corpus/signing.ts'
import {
  ASSERTION_ID,
  attribute,
  attributeStatement,
  IDP,
  MALLORY,
  REQUEST,
  response,
  SP,
  signature,
} from '../test/saml-corpus/templates.ts'
import { inFolder, SIGNATURE_OF_ASSERTION, verifyingArguments } from '../test/saml-corpus/xmlsec.ts'
import type { Pace } from './rounds.ts'

export interface SamlResults {
  /** Validations per CPU second: the median of the rounds. */
  readonly rates: Readonly<Record<SamlContestant, number>>
  /** Of the response. */
  readonly bytes: number
  readonly rounds: number
  readonly seconds: number
}

export type SamlContestant = 'entente' | 'nodeSaml' | 'xmlsec1'

/** As they are shipped: what runs from sources carries the names of functions about. */
const SHIPPED = {
  ladder: '../dist/src/decisions/ladder.js',
  judge: '../dist/src/protocols/saml/response/judge-response.js',
}
/** Longer rounds of three contestants would say no more. Units: seconds. */
const ROUND_SECONDS = 2
const WARM_SECONDS = 2
const ATTRIBUTES = 10
/** Of one process of xmlsec1, so that its start is a small part. */
const FILES = 4_000

export async function measureSaml(pace: Pace): Promise<SamlResults> {
  execFileSync(process.execPath, ['scripts/xmlsec.mjs'])
  const now = new Date()
  const key = await keyOf(now)
  const xml = responseAt(now, key)
  const encoded = Buffer.from(xml).toString('base64')
  const validate = await ententes(encoded, key, now)
  const contestants: Readonly<Record<SamlContestant, (seconds: number) => Promise<number>>> = {
    entente: (seconds) => rateOf(seconds, validate),
    nodeSaml: (seconds) => rateOf(seconds, nodeSamls(encoded, key)),
    xmlsec1: async () => xmlsecRate(xml, key),
  }
  const measured: Record<SamlContestant, number[]> = { entente: [], nodeSaml: [], xmlsec1: [] }
  await contestants.entente(WARM_SECONDS)
  await contestants.nodeSaml(WARM_SECONDS)
  const seconds = Math.min(pace.seconds, ROUND_SECONDS)
  for (let round = 1; round <= pace.rounds; round++)
    for (const name of ['entente', 'nodeSaml', 'xmlsec1'] as const) {
      const rate = await contestants[name](seconds)
      measured[name].push(rate)
      process.stderr.write(`round ${round}/${pace.rounds}  ${name}: ${Math.round(rate)} per CPU second\n`)
    }
  const { entente, nodeSaml, xmlsec1 } = measured
  const rates = { entente: medianOf(entente), nodeSaml: medianOf(nodeSaml), xmlsec1: medianOf(xmlsec1) }
  return { rates, bytes: Buffer.byteLength(xml), rounds: pace.rounds, seconds }
}

async function keyOf(now: Date): Promise<CorpusKey> {
  const today = Math.floor((now.getTime() - NOW.getTime()) / DAY_MS)
  return await makeKey('RSA2048', [today - 1, today + 365])
}

/** As one of the corpus, with ten attributes and the provider's certificate in it, issued now. */
function responseAt(now: Date, key: CorpusKey): string {
  const attributes = Array.from({ length: ATTRIBUTES }, (_, index) => attribute(`attribute-${index}`, `value ${index}`))
  const keyInfo = `<ds:KeyInfo><ds:X509Data><ds:X509Certificate>${key.certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>`
  const template = response({
    assertionSignature: signature(ASSERTION_ID, { keyInfo }),
    attributes: attributeStatement(attributes.join('')),
  })
  const shift = now.getTime() - NOW.getTime()
  const timely = template.replaceAll(/\d{4}-\d\d-\d\dT[\d:]+Z/g, (time) => {
    return `${new Date(Date.parse(time) + shift).toISOString().slice(0, 19)}Z`
  })
  return signer(key).fill(timely)
}

async function ententes(encoded: string, key: CorpusKey, now: Date): Promise<() => void> {
  const { createLadder }: typeof import('../src/decisions/ladder.ts') = await import(SHIPPED.ladder)
  const { judgeResponse }: typeof import('../src/protocols/saml/response/judge-response.ts') = await import(
    SHIPPED.judge
  )
  const expected: ExpectedResponse = {
    certificates: [key.certificate],
    allowSha1: false,
    now,
    idpEntityId: IDP,
    audiences: [`${SP}/metadata`],
    destinations: [`${SP}/acs`],
    recipients: [`${SP}/acs`],
    inResponseTo: REQUEST,
    decryptionKeys: [],
    wantAssertionsEncrypted: false,
    allowBareAssertion: false,
    pinnedNameIdFormat: null,
    requiresNameId: true,
  }
  return () => {
    const found = judgeResponse(Buffer.from(encoded, 'base64'), expected, createLadder('strict'))
    if (found?.nameId?.value !== MALLORY || found.attributes.length !== ATTRIBUTES) throw new Error('not accepted')
  }
}

function nodeSamls(encoded: string, key: CorpusKey): () => Promise<void> {
  const saml = new SAML({
    idpCert: key.certificatePem,
    issuer: `${SP}/metadata`,
    audience: `${SP}/metadata`,
    callbackUrl: `${SP}/acs`,
    idpIssuer: IDP,
    wantAssertionsSigned: true,
    wantAuthnResponseSigned: false,
    acceptedClockSkewMs: 60_000,
    validateInResponseTo: ValidateInResponseTo.always,
    // Each request is known, as if it were the first time.
    cacheProvider: {
      saveAsync: async () => null,
      getAsync: async () => new Date().toISOString(),
      removeAsync: async (id) => id,
    },
  })
  return async () => {
    const { profile } = await saml.validatePostResponseAsync({ SAMLResponse: encoded })
    if (profile?.nameID !== MALLORY) throw new Error('not accepted')
  }
}

async function rateOf(seconds: number, validate: () => void | Promise<void>): Promise<number> {
  const end = performance.now() + seconds * 1_000
  const before = process.cpuUsage()
  let count = 0
  while (performance.now() < end) {
    const pending = validate()
    if (pending !== undefined) await pending
    count += 1
  }
  const { user, system } = process.cpuUsage(before)
  return (count * 1e6) / (user + system)
}

function xmlsecRate(xml: string, key: CorpusKey): number {
  return inFolder((folder) => {
    const file = join(folder, 'response.xml')
    const certificate = join(folder, 'certificate.pem')
    writeFileSync(file, xml)
    writeFileSync(certificate, key.certificatePem)
    const args = verifyingArguments(SIGNATURE_OF_ASSERTION, certificate)
    const before = childrenTicks()
    const { status } = spawnSync('xmlsec1', [...args, ...new Array<string>(FILES).fill(file)], { stdio: 'ignore' })
    if (status !== 0) throw new Error('xmlsec1 does not accept the response')
    return (FILES * TICKS_PER_SECOND) / (childrenTicks() - before)
  })
}

/** Linux has had no other for decades, whatever the kernel's own clock. Source: proc_pid_stat(5), sysconf(_SC_CLK_TCK). */
const TICKS_PER_SECOND = 100

/** CPU time of the children that have ended. Source: proc_pid_stat(5), fields 16 and 17; the second may hold spaces. */
function childrenTicks(): number {
  const fields = readFileSync('/proc/self/stat', 'utf8').split(') ').at(-1)?.split(' ') ?? []
  return Number(fields[13]) + Number(fields[14])
}

function medianOf(all: readonly number[]): number {
  return [...all].sort((a, b) => a - b)[Math.floor(all.length / 2)] ?? Number.NaN
}
