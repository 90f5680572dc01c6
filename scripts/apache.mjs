/**
 * Apache with mod_auth_openidc, the foreign relying party of a peer test: this machine's, else one installed through its
 * package manager. Run by itself it prints where both are; with --find it installs nothing.
 */
import { existsSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { explain } from './install.mjs'
import { installSystemPackages, onPath } from './system-packages.mjs'

const PROGRAMS = ['apache2', 'httpd']
/** Where the systems keep its modules. */
const MODULES = [
  '/usr/lib/apache2/modules',
  '/usr/lib64/httpd/modules',
  '/usr/lib/httpd/modules',
  '/usr/lib64/apache2',
  '/usr/lib/apache2',
  '/etc/httpd/modules',
]
const SBIN = ['/usr/sbin', '/usr/local/sbin']

/** `{ program, modules }` of an Apache that can load the module; null where there is none. */
export function findApache() {
  const programs = PROGRAMS.flatMap((name) => [onPath(name), ...SBIN.map((folder) => `${folder}/${name}`)])
  const program = programs.find((file) => file !== null && existsSync(file))
  const modules = MODULES.find((folder) => existsSync(`${folder}/mod_auth_openidc.so`))
  return program === undefined || modules === undefined ? null : { program, modules }
}

/** The same, after installing it if need be; a fault's message says what the reader has to do by hand. */
export async function ensureApache() {
  const found = findApache()
  if (found !== null) return found
  // On Debian this brings the program without the service.
  const module = { name: 'libapache2-mod-auth-openidc', called: { dnf: 'mod_auth_openidc', yum: 'mod_auth_openidc' } }
  await installSystemPackages('The test with a foreign relying party needs Apache with mod_auth_openidc', [module])
  const installed = findApache()
  if (installed !== null) return installed
  throw new Error('The package manager brought no Apache with mod_auth_openidc. Please install both and run it again.')
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    const found = process.argv.includes('--find') ? findApache() : await ensureApache()
    if (found !== null) process.stdout.write(`${found.program} ${found.modules}\n`)
  } catch (error) {
    explain(error)
    process.exitCode = 1
  }
}
