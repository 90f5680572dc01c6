/** `src/client/api.ts`: the types of our OpenAPI document, as a real server of these sources answers it. */
import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import openapiTypescript, { astToString } from 'openapi-typescript'
import ts from 'typescript'
import { freePort } from '../../src/cli/demo/server-process.ts'
import { loadConfig } from '../../src/config.ts'
import { startServer } from '../../src/main.ts'

const JSON_TYPE = 'application/json'
const FORM_TYPE = 'application/x-www-form-urlencoded'

interface Operation {
  readonly security?: readonly object[]
  readonly requestBody?: { readonly content: Readonly<Record<string, unknown>> }
}
interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
}

export async function clientTypes(): Promise<string> {
  const document = await ourDocument()
  const types = await openapiTypescript(JSON.stringify(forClients(document)), {
    alphabetize: true,
    // A default says what is meant by leaving a member out; nobody has to send it.
    defaultNonNullable: false,
    silent: true,
    transform: ({ format }) => (format === 'binary' ? ts.factory.createTypeReferenceNode('Blob') : undefined),
  })
  const paths = Object.entries(document.paths)
  const pathsWhere = (holds: (operation: Operation) => boolean) =>
    paths.flatMap(([path, item]) => (Object.values(item).every(holds) ? [path] : [])).sort()
  const isForm = ({ requestBody }: Operation) => Object.keys(requestBody?.content ?? {}).join() === FORM_TYPE
  const isOpen = ({ security = [] }: Operation) => !security.some((one) => 'bearer' in one)
  return [
    '/** Generated from our OpenAPI document by `npm run docs`: types of every path, body, answer and error. Not edited by hand. */',
    '',
    astToString(types),
    '/** Whose bodies are forms. */',
    `export const FORM_PATHS: readonly string[] = ${JSON.stringify(pathsWhere(isForm), null, 4)}`,
    '',
    '/** Which take no bearer token: it is not sent there. */',
    `export const OPEN_PATHS: readonly string[] = ${JSON.stringify(pathsWhere(isOpen), null, 4)}`,
    '',
  ].join('\n')
}

async function ourDocument(): Promise<Document> {
  const data = mkdtempSync(join(tmpdir(), 'entente-docs-'))
  const port = await freePort()
  const env = {
    ENTENTE_URL: 'https://entente.example',
    ENTENTE_LISTEN: `127.0.0.1:${port}`,
    ENTENTE_DATA: data,
    ENTENTE_OPERATOR_TOKEN: randomBytes(32).toString('base64url'),
    ENTENTE_LOG_LEVEL: 'silent',
  }
  const loaded = loadConfig({ env, flags: {}, readFile: (path) => readFileSync(path, 'utf8') })
  if (!('config' in loaded)) throw new Error(`the configuration is refused: ${JSON.stringify(loaded.faults)}`)
  const server = await startServer(loaded.config)
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/openapi.json`)
    // Our own document, which tests hold to the form of OpenAPI.
    return (await answer.json()) as Document
  } finally {
    await server.close()
    rmSync(data, { recursive: true, force: true })
  }
}

/** The client speaks JSON where an operation takes it; examples are for readers of `/docs`, and would be half of the file. */
function forClients(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(forClients)
  if (typeof value !== 'object' || value === null) return value
  const { example: _, examples: __, ...kept } = Object(value)
  const types = JSON_TYPE in kept ? [JSON_TYPE, 'multipart/form-data'] : Object.keys(kept)
  return Object.fromEntries(
    Object.entries(kept).flatMap(([name, member]) => (types.includes(name) ? [[name, forClients(member)]] : [])),
  )
}
