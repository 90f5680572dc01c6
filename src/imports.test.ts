/**
 * Imports run one way, and the core knows no HTTP, SQL, framework or clock. Each rule is shown to catch a planted breach,
 * so that a rule that silently stopped working fails here too.
 *
 * Source: docs/architecture.md, "The rooms".
 */
import { readdirSync, readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { describe, expect, it } from 'vitest'

type Room =
  | 'registry'
  | 'claims'
  | 'decisions'
  | 'keys'
  | 'protocols'
  | 'storage'
  | 'faces'
  | 'planes'
  | 'http'
  | 'cli'
  | 'client'
  | 'resource-server'
  | 'root'

/** Values may come from these rooms, besides the room itself and SHARED; types may come from any room but the walls below. */
const VALUES: Readonly<Record<Room, readonly Room[] | 'any'>> = {
  registry: ['claims'],
  claims: [],
  decisions: [],
  keys: [],
  protocols: [],
  storage: [],
  faces: ['registry', 'claims', 'decisions', 'keys', 'http'],
  planes: ['registry', 'claims', 'decisions', 'keys', 'http'],
  http: ['keys'],
  cli: 'any',
  client: [],
  'resource-server': [],
  root: [],
}

/** Not even types: a face that knows a plane, or a room that knows the program, could not be taken away again. */
const WALLS: Readonly<Partial<Record<Room, readonly Room[]>>> = {
  faces: ['planes', 'protocols', 'storage', 'cli'],
  planes: ['faces', 'cli'],
  registry: ['faces', 'planes', 'cli'],
  claims: ['faces', 'planes', 'cli'],
  decisions: ['faces', 'planes', 'cli'],
  keys: ['faces', 'planes', 'cli'],
  protocols: ['faces', 'planes', 'cli'],
  storage: ['faces', 'cli'],
  http: ['faces', 'planes', 'cli'],
  client: ['registry', 'claims', 'decisions', 'keys', 'protocols', 'storage', 'faces', 'planes', 'http', 'cli', 'root'],
  'resource-server': [
    'registry',
    'claims',
    'decisions',
    'keys',
    'protocols',
    'storage',
    'faces',
    'planes',
    'http',
    'cli',
    'client',
    'root',
  ],
  root: ['cli'],
}

/** Root files that everyone may import: pure functions without a room of their own. */
const SHARED = ['fault.ts', 'json.ts', 'cidr.ts', 'uid.ts', 'package-folder.ts']

/** Root files that put rooms together; they may import anything, and only `cli/` may import them. */
const PROGRAM = ['main.ts', 'config.ts', 'config-settings.ts', 'secrets.ts', 'changes.ts', 'housekeeping.ts']

const CORE: readonly Room[] = ['registry', 'claims', 'decisions', 'keys']
const OUTSIDE_THE_CORE =
  /^(node:(http|https|http2|net|tls|dns|dgram|sqlite)(\/.*)?|undici|fastify|@fastify\/.*|kysely|pg|better-sqlite3)$/

const FRAMEWORK = /^(fastify|@fastify\/.*|@scalar\/.*)$/
const KNOWS_THE_FRAMEWORK = [
  /^main\.ts$/,
  /^cli\//,
  /^http\//,
  /^faces\/(face|index)\.ts$/,
  /^faces\/[^/]+(\/[^/]+)?\/(index|routes)\.ts$/,
  /^planes\/[^/]+\.ts$/,
  /^planes\/[^/]+\/routes(\/[^/]+)?\.ts$/,
]

const SQL = /^(kysely|pg|better-sqlite3)$/

const CLOCK = /\bDate\.now\s*\(|\bnew Date\(\s*\)|\bnew Date\b(?!\s*\()/
/** `http/server.ts` and its log measure how long an answer took; that time decides nothing. */
const KNOWS_THE_TIME = [/^main\.ts$/, /^cli\//, /^resource-server\//, /^http\/(server|log[-a-z]*)\.ts$/]

/** Tests, and what only tests import. */
const FOR_TESTS = /\.test\.ts$|(^|\/)(testing|conformance)(\/|\.ts$)/

interface Import {
  readonly target: string
  readonly typeOnly: boolean
}

/** Every static, re-exporting and dynamic import. `import { type A }` counts as a value: the module is still loaded. */
function importsOf(source: string): Import[] {
  const code = withoutComments(source)
  const found: Import[] = []
  for (const [, type, target] of code.matchAll(
    /^\s*(?:import|export)\s+(type\s)?(?:[^'"`;()]*?\sfrom\s*)?['"]([^'"]+)['"]/gm,
  )) {
    if (target !== undefined) found.push({ target, typeOnly: type !== undefined })
  }
  for (const [, type, target] of code.matchAll(/(\btypeof\s+)?\bimport\s*\(\s*['"`]([^'"`]+)['"`]/g)) {
    if (target !== undefined) found.push({ target, typeOnly: type !== undefined })
  }
  return found
}

function withoutComments(source: string): string {
  return source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1')
}

function roomOf(path: string): Room | null {
  const [folder, rest] = path.split('/', 2)
  if (rest === undefined) return 'root'
  // Sound: its own key of the table of rooms.
  return folder !== undefined && folder !== 'root' && Object.hasOwn(VALUES, folder) ? (folder as Room) : null
}

/** What is wrong with one source file; `path` is relative to `src/`. */
function breachesOf(path: string, source: string): string[] {
  const room = roomOf(path)
  if (room === null) return [`${path}: not in a room of the house`]
  if (FOR_TESTS.test(path)) return []
  const breaches = importsOf(source).flatMap((one) => {
    const why = breachOf(path, room, one)
    return why === null ? [] : [`${path}: ${why} (${one.target})`]
  })
  if (CLOCK.test(withoutComments(source)) && !KNOWS_THE_TIME.some((known) => known.test(path))) {
    breaches.push(`${path}: reads the clock itself`)
  }
  return breaches
}

function breachOf(path: string, room: Room, { target, typeOnly }: Import): string | null {
  if (!target.startsWith('.')) return packageBreachOf(path, room, target)
  const to = posix.normalize(posix.join(posix.dirname(path), target))
  if (to.startsWith('../')) return room === 'cli' ? null : 'imports from outside src'
  if (FOR_TESTS.test(to)) return 'imports what is for tests'
  const other = roomOf(to)
  if (other === null) return 'imports from no room of the house'
  if (PROGRAM.includes(path) || VALUES[room] === 'any') return null
  if (PROGRAM.includes(to)) return typeOnly && to === 'config.ts' ? null : `${room} imports the program`
  if (other === room) return null
  if (WALLS[room]?.includes(other)) return `${room} knows ${other}`
  if (typeOnly || SHARED.includes(to) || VALUES[room].includes(other)) return null
  return `${room} takes values from ${other}`
}

function packageBreachOf(path: string, room: Room, target: string): string | null {
  if (CORE.includes(room) && OUTSIDE_THE_CORE.test(target)) return 'the core knows HTTP, SQL or a framework'
  if (FRAMEWORK.test(target) && !KNOWS_THE_FRAMEWORK.some((known) => known.test(path))) return 'knows the web framework'
  if (SQL.test(target) && room !== 'storage') return 'knows SQL'
  return null
}

const SRC = new URL('.', import.meta.url)
const FILES = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => path.endsWith('.ts'))

describe('the house', () => {
  it('has files in it', () => {
    expect(FILES.length).toBeGreaterThan(50)
  })

  it('keeps the direction of imports, and the core free of HTTP, SQL, framework and clock', () => {
    const breaches = FILES.flatMap((path) => breachesOf(path, readFileSync(new URL(path, SRC), 'utf8')))
    expect(breaches).toEqual([])
  })
})

describe('a planted breach is caught', () => {
  it.each([
    [
      'a face takes values from a plane',
      'faces knows planes',
      'faces/a/routes.ts',
      `import { x } from '../../planes/index.ts'`,
    ],
    [
      'a face takes types from a plane',
      'faces knows planes',
      'faces/a/routes.ts',
      `import type { X } from '../../planes/grant.ts'`,
    ],
    [
      'a face reaches into storage',
      'faces knows storage',
      'faces/a/translate.ts',
      `import { x } from '../../storage/index.ts'`,
    ],
    [
      'a face reaches into a protocol',
      'faces knows protocols',
      'faces/a/translate.ts',
      `import { x } from '../../protocols/oidc/index.ts'`,
    ],
    [
      'a plane takes values from a face',
      'planes knows faces',
      'planes/x/y.ts',
      `import { x } from '../../faces/face.ts'`,
    ],
    [
      'a plane takes types from a face',
      'planes knows faces',
      'planes/x/y.ts',
      `import type { X } from '../../faces/face.ts'`,
    ],
    [
      'a plane takes values from a protocol',
      'planes takes values from protocols',
      'planes/x/y.ts',
      `import { x } from '../../protocols/index.ts'`,
    ],
    [
      'a plane takes values from storage',
      'planes takes values from storage',
      'planes/x.ts',
      `import { openStorage } from '../storage/index.ts'`,
    ],
    [
      'the registry takes values from storage',
      'registry takes values from storage',
      'registry/a.ts',
      `import { x } from '../storage/sqlite/open.ts'`,
    ],
    [
      'the registry takes values from a protocol',
      'registry takes values from protocols',
      'registry/a.ts',
      `import { x } from '../protocols/oidc/index.ts'`,
    ],
    [
      'the registry takes values from decisions',
      'registry takes values from decisions',
      'registry/a.ts',
      `import { x } from '../decisions/chain.ts'`,
    ],
    [
      'the registry takes values from keys',
      'registry takes values from keys',
      'registry/a.ts',
      `import { seal } from '../keys/seal.ts'`,
    ],
    [
      'claims take values from the registry',
      'claims takes values from registry',
      'claims/a.ts',
      `import { x } from '../registry/provider.ts'`,
    ],
    [
      'decisions take values from keys',
      'decisions takes values from keys',
      'decisions/a.ts',
      `import { x } from '../keys/seal.ts'`,
    ],
    [
      'keys take values from decisions',
      'keys takes values from decisions',
      'keys/a.ts',
      `import { x } from '../decisions/chain.ts'`,
    ],
    [
      'a protocol takes values from the registry',
      'protocols takes values from registry',
      'protocols/oidc/a.ts',
      `import { x } from '../../registry/issuer.ts'`,
    ],
    [
      'a protocol takes values from http',
      'protocols takes values from http',
      'protocols/oidc/a.ts',
      `import { x } from '../../http/outbound.ts'`,
    ],
    [
      'storage takes values from the registry',
      'storage takes values from registry',
      'storage/a.ts',
      `import { x } from '../registry/provider.ts'`,
    ],
    [
      'http takes values from the registry',
      'http takes values from registry',
      'http/a.ts',
      `import { x } from '../registry/provider.ts'`,
    ],
    ['http takes types from a face', 'http knows faces', 'http/a.ts', `import type { X } from '../faces/face.ts'`],
    [
      'a value hides behind an inline type',
      'storage takes values from registry',
      'storage/a.ts',
      `import { type X } from '../registry/provider.ts'`,
    ],
    [
      'a value hides in a re-export',
      'storage takes values from registry',
      'storage/a.ts',
      `export { x } from '../registry/provider.ts'`,
    ],
    [
      'a value hides in a star',
      'storage takes values from registry',
      'storage/a.ts',
      `export * from '../registry/provider.ts'`,
    ],
    [
      'a value hides in a bare import',
      'storage takes values from registry',
      'storage/a.ts',
      `import '../registry/provider.ts'`,
    ],
    [
      'a value hides in a dynamic import',
      'storage takes values from registry',
      'storage/a.ts',
      `const x = await import('../registry/provider.ts')`,
    ],
    [
      'a value hides over several lines',
      'storage takes values from registry',
      'storage/a.ts',
      `import {\n  x,\n  y,\n} from '../registry/provider.ts'`,
    ],
    [
      'somebody imports the program',
      'planes imports the program',
      'planes/a.ts',
      `import { startServer } from '../main.ts'`,
    ],
    [
      'somebody imports the program for its types',
      'http imports the program',
      'http/a.ts',
      `import type { Running } from '../main.ts'`,
    ],
    [
      'somebody reads the configuration',
      'http imports the program',
      'http/a.ts',
      `import { loadConfig } from '../config.ts'`,
    ],
    ['somebody imports the command line', 'planes knows cli', 'planes/a.ts', `import { x } from '../cli/index.ts'`],
    [
      'a root file reaches into a room',
      'root takes values from registry',
      'cidr.ts',
      `import { x } from './registry/provider.ts'`,
    ],
    [
      'a room reaches out of the house',
      'imports from outside src',
      'planes/a.ts',
      `import { x } from '../../simulators/github.ts'`,
    ],
    [
      'the program imports what is for tests',
      'imports what is for tests',
      'main.ts',
      `import { x } from './storage/conformance/index.ts'`,
    ],
    ['a file lies in no room', 'not in a room of the house', 'utils/a.ts', ''],
    [
      'the core knows node:http',
      'the core knows HTTP, SQL or a framework',
      'registry/a.ts',
      `import { request } from 'node:http'`,
    ],
    [
      'the core knows types of node:https',
      'the core knows HTTP, SQL or a framework',
      'keys/a.ts',
      `import type { Agent } from 'node:https'`,
    ],
    [
      'the core knows the resolver',
      'the core knows HTTP, SQL or a framework',
      'claims/a.ts',
      `import { lookup } from 'node:dns/promises'`,
    ],
    [
      'the core knows an SQL driver',
      'the core knows HTTP, SQL or a framework',
      'decisions/a.ts',
      `import Database from 'better-sqlite3'`,
    ],
    [
      'the core knows the query builder',
      'the core knows HTTP, SQL or a framework',
      'registry/a.ts',
      `import { sql } from 'kysely'`,
    ],
    [
      'the core knows the framework',
      'the core knows HTTP, SQL or a framework',
      'registry/a.ts',
      `import type { FastifyRequest } from 'fastify'`,
    ],
    ['a plane knows SQL', 'knows SQL', 'planes/a.ts', `import { sql } from 'kysely'`],
    [
      "a face's translation knows the framework",
      'knows the web framework',
      'faces/a/translate.ts',
      `import type { F } from 'fastify'`,
    ],
    [
      'a step of a plane knows the framework',
      'knows the web framework',
      'planes/a/exchange.ts',
      `import type { F } from 'fastify'`,
    ],
    [
      'a protocol knows the framework',
      'knows the web framework',
      'protocols/oidc/a.ts',
      `import type { F } from 'fastify'`,
    ],
    [
      'storage knows the framework',
      'knows the web framework',
      'storage/a.ts',
      `import type { F } from '@fastify/swagger'`,
    ],
    [
      'the client knows types of the server',
      'client knows registry',
      'client/a.ts',
      `import type { Provider } from '../registry/provider.ts'`,
    ],
    ['the core reads the clock', 'reads the clock itself', 'registry/a.ts', 'const at = Date.now()'],
    ['a plane makes a date of now', 'reads the clock itself', 'planes/a/b.ts', 'const at = new Date()'],
    ['a protocol makes a date without brackets', 'reads the clock itself', 'protocols/a/b.ts', 'const at = new Date\n'],
    ['storage reads the clock', 'reads the clock itself', 'storage/a.ts', 'return { at: new Date( ) }'],
    [
      'a face hands the clock on after a comment',
      'reads the clock itself',
      'faces/a/b.ts',
      '// why\nconst at = Date.now() // https://x',
    ],
  ])('%s', (_sentence, why, path, source) => {
    const breaches = breachesOf(path, source)
    expect(breaches).toHaveLength(1)
    expect(breaches[0]).toContain(`${path}: ${why}`)
  })
})

describe('what the house allows', () => {
  it.each([
    [
      'a face uses the core and the door',
      'faces/a/routes.ts',
      `import { x } from '../../registry/a.ts'\nimport { y } from '../../http/b.ts'`,
    ],
    [
      'a plane takes types from a protocol port',
      'planes/a/b.ts',
      `import type { X } from '../../registry/protocol.ts'`,
    ],
    [
      'the registry uses claims, and types of decisions',
      'registry/a.ts',
      `import { x } from '../claims/a.ts'\nimport type { Y } from '../decisions/audit.ts'`,
    ],
    ['everyone uses faults', 'protocols/oidc/a.ts', `import { faultsOf } from '../../fault.ts'`],
    [
      'storage takes types from the rooms it remembers for',
      'storage/a.ts',
      `import type { X } from '../planes/one-time-store.ts'`,
    ],
    ['a type may be asked of a module', 'storage/a.ts', `const X: typeof import('../registry/a.ts').X = 'x'`],
    ['the program imports anything', 'main.ts', `import { x } from './storage/index.ts'\nconst at = new Date()`],
    [
      'the command line imports the program and the simulators',
      'cli/a.ts',
      `import { x } from '../main.ts'\nimport { y } from '../../simulators/github.ts'`,
    ],
    ['routes know the framework', 'faces/a/routes.ts', `import type { FastifyInstance } from 'fastify'`],
    ['routes of many nouns know it', 'planes/a/routes/b.ts', `import type { FastifyReply } from 'fastify'`],
    ['a date of something is not the clock', 'planes/a.ts', 'const at = new Date(seconds * 1000)'],
    ['a comment may talk of the clock', 'keys/a.ts', '/** Never calls Date.now(). */\n// new Date() neither'],
    ['a test may do as it likes', 'keys/a.test.ts', `import { x } from '../storage/index.ts'\nconst at = new Date()`],
  ])('%s', (_sentence, path, source) => {
    expect(breachesOf(path, source)).toEqual([])
  })
})
