/** The corpus of signed responses: see test/saml-corpus/generate.ts. */
import { createPrivateKey } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { ExpectedResponse } from '../response/port.ts'
import { NOW } from './certificates.ts'

export interface CorpusCase {
  readonly name: string
  readonly bytes: Buffer
  readonly expected: ExpectedResponse
}

export interface BadCorpusCase extends CorpusCase {
  readonly code: string
}

interface IndexEntry {
  readonly name: string
  readonly code?: string
  readonly change?: Record<string, unknown> & { readonly certificates?: readonly string[] }
}

interface Index {
  readonly certificates: Readonly<Record<string, string>>
  readonly decryptionKey: string
  readonly valid: readonly IndexEntry[]
  readonly invalid: readonly IndexEntry[]
}

const FOLDER = new URL('../testdata/', import.meta.url)
// Sound: the generator writes it.
const INDEX = JSON.parse(readFileSync(new URL('index.json', FOLDER), 'utf8')) as Index

/** Of the corpus's own provider, at its own time; the request of the login is `_request-1`. */
export const EXPECTED: ExpectedResponse = {
  certificates: [certificateOf('idp')],
  allowSha1: false,
  now: NOW,
  idpEntityId: 'https://idp.example/saml',
  audiences: ['https://entente.example/saml/acme/okta/metadata'],
  destinations: ['https://entente.example/saml/acme/okta/acs'],
  recipients: ['https://entente.example/saml/acme/okta/acs'],
  inResponseTo: '_request-1',
  decryptionKeys: [createPrivateKey(INDEX.decryptionKey)],
  wantAssertionsEncrypted: false,
  allowBareAssertion: false,
  pinnedNameIdFormat: null,
  requiresNameId: true,
}

export const GOOD: readonly CorpusCase[] = INDEX.valid.map((entry) => read('valid', entry))
export const BAD: readonly BadCorpusCase[] = INDEX.invalid.map((entry) => ({
  ...read('invalid', entry),
  code: entry.code ?? '',
}))

export function certificateOf(name: string): string {
  const found = INDEX.certificates[name]
  if (found === undefined) throw new Error(`there is no certificate ${name}`)
  return found
}

/** The document of that name, and what it is held against. */
export function goodCase(name: string): CorpusCase {
  const found = GOOD.find((one) => one.name === name)
  if (found === undefined) throw new Error(`there is no case ${name}`)
  return found
}

function read(folder: string, { name, change = {} }: IndexEntry): CorpusCase {
  const { certificates, ...others } = change
  const named = certificates === undefined ? {} : { certificates: certificates.map(certificateOf) }
  const bytes = readFileSync(new URL(`${folder}/${name}.xml`, FOLDER))
  return { name, bytes, expected: { ...EXPECTED, ...others, ...named } }
}

/** A message beside the response, of that name. */
export function messageCase(name: string): Buffer {
  return readFileSync(new URL(`messages/${name}.xml`, FOLDER))
}
