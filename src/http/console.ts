/**
 * `/console`: the built files of the console, a client of our own faces in the browser. It has no rights of its own: what its
 * person may do is in their token. Nothing of it is read or loaded before somebody looks.
 *
 * Source: CONTRACT.md section 1; Content Security Policy Level 3; HTML §7.1.3 for the opener policy.
 */
import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import Fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { findOurPackage } from '../package-folder.ts'
import { consoleMissingPage, contentSecurityPolicy, NONCE_PLACE, openerPolicyOf } from './console-policy.ts'

const CONSOLE_PATH = '/console/'

/** What the console has to know before anybody is signed in; nothing of it is secret. */
export interface ConsoleConfig {
  /** Our URL, where it signs people in. */
  readonly issuer: string
  readonly clientId: string
  /** What it asks for. */
  readonly scope: string
  readonly defaultOrganization: string
  readonly version: string
}

/** Files that a build may have; every other path is one of the console's own pages. */
const FILE = /\.(?:css|gif|ico|jpg|js|json|map|png|svg|txt|webmanifest|webp|woff2?)$/i
/** Where the build puts what has its own content in its name. */
const HASHED = 'assets'
const A_YEAR = 'public, max-age=31536000, immutable'

/** Where the build leaves them, of sources and of a program in few files alike. */
function builtConsole(): string {
  return fileURLToPath(new URL('dist/console/', findOurPackage()?.folder ?? import.meta.url))
}

/** Where nothing was built, a page says how to. */
export function mountConsole(app: FastifyInstance, config: ConsoleConfig, folder = builtConsole()): void {
  let opened: Promise<FastifyInstance> | null = null
  const sendFile = async (request: FastifyRequest, reply: FastifyReply) => {
    opened ??= openFiles(folder, (error) => app.log.error({ err: error }, 'a file of the console cannot be read'))
    const files = await opened
    reply.hijack()
    for (const [name, value] of Object.entries(reply.getHeaders()))
      if (value !== undefined) reply.raw.setHeader(name, value)
    reply.raw.setHeader('content-security-policy', contentSecurityPolicy(null))
    files.routing(request.raw, reply.raw)
  }
  const options = { schema: { hide: true } }
  app.get('/console', options, (_request, reply) => reply.redirect(CONSOLE_PATH, 302))
  app.get(`${CONSOLE_PATH}config.json`, options, async () => config)
  app.get<{ Params: { '*': string } }>(`${CONSOLE_PATH}*`, options, (request, reply) =>
    FILE.test(request.params['*']) ? sendFile(request, reply) : sendPage(folder, request.params['*'], reply),
  )
}

/** The one document of the console, whatever page of it is asked for: which that is, its script knows. */
async function sendPage(folder: string, page: string, reply: FastifyReply): Promise<FastifyReply> {
  const nonce = randomBytes(16).toString('base64url')
  reply.type('text/html; charset=utf-8').header('content-security-policy', contentSecurityPolicy(nonce))
  const document = await readDocument(folder)
  if (document === null) return reply.code(503).send(consoleMissingPage)
  return reply
    .header('cache-control', 'no-cache')
    .header('cross-origin-opener-policy', openerPolicyOf(page))
    .send(document.replaceAll(NONCE_PLACE, nonce))
}

/** Null where nothing was built. */
async function readDocument(folder: string): Promise<string | null> {
  try {
    return await readFile(`${folder}/index.html`, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}

/** Its library costs a start twenty milliseconds, and most starts are for no console. */
async function openFiles(folder: string, onError: (error: unknown) => void): Promise<FastifyInstance> {
  const { default: files } = await import('@fastify/static')
  const app = Fastify()
  app.setNotFoundHandler((_request, reply) =>
    reply.code(404).send({ error: 'not_found', message: 'The console has no such file.' }),
  )
  // The library's own words name paths of this machine.
  app.setErrorHandler<FastifyError>((error, _request, reply) => {
    const { statusCode = 500 } = error
    const isTheirs = statusCode >= 400 && statusCode < 500
    if (!isTheirs) onError(error)
    const [code, message] = isTheirs
      ? ['bad_request', 'There is no such path.']
      : ['internal', 'The file cannot be read.']
    return reply.code(isTheirs ? statusCode : 500).send({ error: code, message })
  })
  await app.register(files, {
    root: folder,
    prefix: CONSOLE_PATH,
    index: false,
    list: false,
    redirect: false,
    dotfiles: 'ignore',
    cacheControl: false,
    decorateReply: false,
    // The build leaves them beside the files.
    preCompressed: true,
    setHeaders: (reply, path) => {
      reply.header('cache-control', relative(folder, path).startsWith(HASHED) ? A_YEAR : 'no-cache')
    },
  })
  await app.ready()
  return app
}
