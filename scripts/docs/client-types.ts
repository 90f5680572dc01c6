/** The types of the TypeScript client, made of the document that the program serves. */
import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import openapiTS, { astToString, COMMENT_HEADER } from 'openapi-typescript'
import { startServerProcess } from '../../src/cli/demo/server-process.ts'

const NOTE = `/** Generated from the OpenAPI document of all faces and planes; change the schemas there and run \`npm run docs\`. */\n`

export async function clientTypes(): Promise<string> {
  const made = await openapiTS(await servedDocument(), { alphabetize: true })
  return NOTE + astToString(made).replace(COMMENT_HEADER, '')
}

async function servedDocument(): Promise<string> {
  const data = mkdtempSync(join(tmpdir(), 'entente-docs-'))
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href
  const server = await startServerProcess({ data, program: ['--import', tsx, 'src/cli/index.ts'] })
  try {
    const answer = await fetch(`${server.url}/openapi.json`)
    return await answer.text()
  } finally {
    await server.stop()
    rmSync(data, { recursive: true, force: true })
  }
}
