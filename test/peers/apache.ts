/** Apache with mod_auth_openidc on a loopback port: a page that only people may see who signed in with us. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { freePort } from '../../src/cli/demo/server-process.ts'

export interface ApachePlace {
  readonly program: string
  readonly modules: string
}

export interface Apache {
  readonly url: string
  readonly log: () => string
  stop(): Promise<void>
}

export interface ApacheOptions {
  readonly place: ApachePlace
  readonly port: number
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
}

/** Paths at its address. */
export const PROTECTED = '/protected/'
export const REDIRECT = '/protected/redirect_uri'
export const BYE = '/bye.html'

/** Every variable that the module sets, one a line, by server-side includes. */
const PAGE = '<!--#printenv -->\n'

/** Where `npm test` found or put it, else where it is on this machine; a text says why there is none. */
export function findApache(): ApachePlace | string {
  const { ENTENTE_TEST_APACHE: named = '', ENTENTE_TEST_APACHE_MISSING: why = '' } = process.env
  if (why !== '') return why
  const script = fileURLToPath(new URL('../../scripts/apache.mjs', import.meta.url))
  const { stdout } = spawnSync(process.execPath, [script, '--find'], { encoding: 'utf8' })
  const [program, modules] = (named === '' ? stdout : named).trim().split(' ')
  if (program === undefined || modules === undefined)
    return 'Apache with mod_auth_openidc is not installed; npm test does it'
  return { program, modules }
}

export async function startApache(options: ApacheOptions): Promise<Apache> {
  const directory = mkdtempSync(join(tmpdir(), 'entente-apache-'))
  // As root Apache goes on as somebody else, who has to read its pages.
  chmodSync(directory, 0o755)
  mkdirSync(join(directory, 'www', 'protected'), { recursive: true })
  writeFileSync(join(directory, 'www', 'protected', 'index.shtml'), PAGE)
  writeFileSync(join(directory, 'www', 'bye.html'), 'bye\n')
  const file = join(directory, 'apache.conf')
  writeFileSync(file, configurationOf(options, directory), { mode: 0o600 })
  const child = spawn(options.place.program, ['-f', file, '-DFOREGROUND'], { stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  const url = `http://localhost:${options.port}`
  const logFile = join(directory, 'error.log')
  const log = () => said + (existsSync(logFile) ? readFileSync(logFile, 'utf8') : '')
  await untilReady(url, child, log)
  return {
    url,
    log,
    async stop() {
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGTERM')
      await ended
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

export { freePort }

async function untilReady(url: string, child: ChildProcess, log: () => string): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (child.exitCode !== null) throw new Error(`Apache ended at its start: ${log()}`)
    try {
      if ((await fetch(url + BYE)).ok) return
    } catch {
      // not yet
    }
    await wait(50)
  }
  throw new Error(`Apache does not answer: ${log()}`)
}

const MODULES = ['authn_core', 'authz_core', 'authz_user', 'auth_openidc', 'dir', 'include', 'mime']

function configurationOf({ place, port, issuer, clientId, clientSecret }: ApacheOptions, directory: string): string {
  const load = (name: string) => `LoadModule ${name}_module "${join(place.modules, `mod_${name}.so`)}"`
  // Built in on some systems, a module on others.
  const optional = ['mpm_event', 'unixd'].filter((name) => existsSync(join(place.modules, `mod_${name}.so`)))
  const isRoot = process.getuid?.() === 0
  return `
ServerRoot "${directory}"
ServerName localhost
Listen 127.0.0.1:${port}
PidFile "${join(directory, 'apache.pid')}"
DefaultRuntimeDir "${directory}"
Mutex file:${directory} default
ErrorLog "${join(directory, 'error.log')}"
LogLevel warn
${[...optional, ...MODULES].map(load).join('\n')}
${isRoot ? 'User #65534\nGroup #65534' : ''}
StartServers 1
ThreadsPerChild 8
MinSpareThreads 1
MaxSpareThreads 8
MaxRequestWorkers 8
TypesConfig /dev/null
DocumentRoot "${join(directory, 'www')}"
DirectoryIndex index.shtml

OIDCProviderMetadataURL ${issuer}/.well-known/openid-configuration
OIDCClientID ${clientId}
OIDCClientSecret ${clientSecret}
OIDCProviderTokenEndpointAuth client_secret_basic
OIDCRedirectURI http://localhost:${port}${REDIRECT}
OIDCCryptoPassphrase ${randomBytes(24).toString('hex')}
OIDCScope "openid profile email groups"
OIDCResponseType code
OIDCPKCEMethod S256
OIDCRemoteUserClaim sub
OIDCPassClaimsAs environment

<Location ${PROTECTED}>
  AuthType openid-connect
  Require valid-user
  # Node's fetch calls itself no navigation, and would be given a 401 like a script.
  OIDCUnAuthAction auth true
  Options +Includes
  ForceType text/html
  SetOutputFilter INCLUDES
</Location>
`
}
