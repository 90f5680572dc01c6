/**
 * Makes the corpus anew: `npx tsx test/saml-corpus/generate.ts` (needs the program xmlsec1).
 *
 * Everything is signed and encrypted by xmlsec1, with keys that are made for it and thrown away; only the key that we decrypt
 * with is kept. What is written lies in src/protocols/saml/testdata: a file for each case, and index.json.
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import type { Case } from './case.ts'
import { bindingCases } from './cases/bindings.ts'
import { documentCases } from './cases/documents.ts'
import { encryptionCases } from './cases/encryption.ts'
import { goodCases } from './cases/good.ts'
import { messageCases } from './cases/messages.ts'
import { signatureCases } from './cases/signatures.ts'
import { wrappingCases } from './cases/wrapping.ts'
import { makeKeys } from './keys.ts'
import { signer } from './signing.ts'

const FOLDER = new URL('../../src/protocols/saml/testdata/', import.meta.url)

const keys = await makeKeys()
const signers = {
  idp: signer(keys.idp),
  idpNext: signer(keys.idpNext),
  idpEc: signer(keys.idpEc),
  outdated: signer(keys.outdated),
  future: signer(keys.future),
  stranger: signer(keys.stranger),
  sp: signer(keys.sp),
  otherSp: signer(keys.otherSp),
}
const good = goodCases(signers, keys)
const bad = [
  ...wrappingCases(signers.idp),
  ...signatureCases(signers, keys),
  ...documentCases(signers.idp),
  ...encryptionCases(signers, keys),
  ...bindingCases(signers.idp),
]

rmSync(FOLDER, { recursive: true, force: true })
const valid = written('valid', good)
const invalid = written('invalid', bad)
written('messages', messageCases(signers))
const { idp, idpNext, idpEc, outdated, future, stranger } = keys
const certificates = Object.fromEntries(
  Object.entries({ idp, idpNext, idpEc, outdated, future, stranger }).map(([name, key]) => [name, key.certificate]),
)
const index = {
  certificates,
  decryptionKey: keys.sp.pem,
  valid: valid.map(({ name, change }) => ({ name, ...(change === undefined ? {} : { change }) })),
  invalid: invalid.map(({ name, code, change }) => ({ name, code, ...(change === undefined ? {} : { change }) })),
}
writeFileSync(new URL('index.json', FOLDER), `${JSON.stringify(index, null, 2)}\n`)
spawnSync('npx', ['biome', 'format', '--write', FOLDER.pathname], { stdio: 'inherit' })
process.stdout.write(`${valid.length} valid, ${invalid.length} invalid\n`)

function written<T extends Case>(folder: string, cases: readonly T[]): readonly T[] {
  mkdirSync(new URL(`${folder}/`, FOLDER), { recursive: true })
  const names = new Set<string>()
  for (const { name, xml } of cases) {
    if (names.has(name)) throw new Error(`two cases are called ${name}`)
    names.add(name)
    writeFileSync(new URL(`${folder}/${name}.xml`, FOLDER), xml)
  }
  return [...cases].sort((a, b) => (a.name < b.name ? -1 : 1))
}
