/**
 * The identity providers that the SAML tests are held against: SimpleSAMLphp and pysaml2, as Debian and its kin package them.
 * Where they cannot be had the tests that need them are skipped, and say why.
 */
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { ROOT, run } from './phase.mjs'
import { installSystemPackages, onPath } from './system-packages.mjs'

const INSTALLED = '/usr/share/simplesamlphp'
/** SimpleSAMLphp's package wants a web server on the machine, which nobody asked for: it is unpacked here instead. */
const UNPACKED = fileURLToPath(new URL('node_modules/.cache/entente-saml-peers', ROOT))

/** Where SimpleSAMLphp lies; null where there is none that PHP could run. */
export async function findSimpleSamlPhp() {
  if (onPath('php') === null || !(await runs('php', ['-r', 'exit(extension_loaded("dom") ? 0 : 1);']))) return null
  const found = [INSTALLED, join(UNPACKED, INSTALLED)].find((folder) => existsSync(join(folder, 'lib/_autoload.php')))
  return found ?? null
}

/** A Python that has pysaml2, and the program that it signs with; null where there is none. */
export async function findPysaml2() {
  if (onPath('xmlsec1') === null) return null
  for (const python of ['/usr/bin/python3', 'python3']) if (await runs(python, ['-c', 'import saml2'])) return python
  return null
}

async function runs(command, args) {
  try {
    await run(command, args)
    return true
  } catch {
    return false
  }
}

/** The environment that tells the tests where both are, or why one is not; never throws. */
export async function ensureSamlPeers() {
  const reasons = []
  const attempt = async (work) => {
    try {
      await work()
    } catch (error) {
      reasons.push(error.message)
    }
  }
  if ((await findPysaml2()) === null || (await findSimpleSamlPhp()) === null) await attempt(install)
  if ((await findSimpleSamlPhp()) === null) await attempt(unpack)
  const reason = reasons.join(' ') || 'not installed'
  const [php, python] = [await findSimpleSamlPhp(), await findPysaml2()]
  return {
    ENTENTE_TEST_SIMPLESAMLPHP: php ?? '',
    ENTENTE_TEST_PYSAML2: python ?? '',
    ENTENTE_TEST_SAML_PEERS_MISSING: php === null || python === null ? reason : '',
  }
}

async function install() {
  if (onPath('apt-get') === null) throw new Error('Only Debian and its kin have packages of these identity providers.')
  await installSystemPackages(
    'The SAML tests need identity providers',
    ['php-cli', 'php-xml', 'python3-pysaml2'].map((name) => ({ name })),
  )
}

async function unpack() {
  if (onPath('apt-get') === null || onPath('php') === null) return
  mkdirSync(UNPACKED, { recursive: true })
  // Not a name with its version in it: whatever the system has is what is tested.
  await run('sh', ['-c', 'apt-get download -qq simplesamlphp && dpkg-deb -x simplesamlphp_*.deb . && rm *.deb'], {
    cwd: UNPACKED,
  })
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  process.stdout.write(`${JSON.stringify(await ensureSamlPeers(), null, 2)}\n`)
}
