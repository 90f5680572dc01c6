/** The program xmlsec1, the other judge of signatures: this machine's, else installed through its package manager. */
import { pathToFileURL } from 'node:url'
import { explain } from './install.mjs'
import { installSystemPackages, onPath } from './system-packages.mjs'

export async function ensureXmlsec() {
  if (onPath('xmlsec1') === null)
    await installSystemPackages('The tests of SAML signatures need the program xmlsec1', [
      { name: 'xmlsec1', called: { apk: 'xmlsec', pacman: 'xmlsec', dnf: 'xmlsec1-openssl', yum: 'xmlsec1-openssl' } },
    ])
  const program = onPath('xmlsec1')
  if (program === null) throw new Error('xmlsec1 was installed and is not there')
  return program
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  ensureXmlsec().then(
    (program) => process.stdout.write(`${program}\n`),
    (error) => {
      explain(error)
      process.exitCode = 1
    },
  )
}
