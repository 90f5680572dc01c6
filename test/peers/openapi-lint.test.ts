/** The OpenAPI documents that the program serves, judged by a checker that we did not write. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createConfig, lintFromString } from '@redocly/openapi-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServerProcess } from '../../src/cli/demo/server-process.ts'
import { faces } from '../../src/faces/index.ts'
import { program } from './world.ts'

let server: Awaited<ReturnType<typeof startServerProcess>>
const data = mkdtempSync(join(tmpdir(), 'entente-openapi-'))

beforeAll(async () => {
  server = await startServerProcess({ data, program: program() })
})
afterAll(async () => {
  await server?.stop()
  rmSync(data, { recursive: true, force: true })
})

const config = createConfig({
  extends: ['recommended-strict'],
  rules: {
    // This server runs on localhost.
    'no-server-example.com': 'off',
    // Keys and metadata refuse nobody.
    'operation-4xx-response': 'off',
  },
})

async function problemsOf(source: string): Promise<string[]> {
  const problems = await lintFromString({ source, absoluteRef: 'openapi.json', config: await config })
  return problems.map(({ ruleId, message, location }) => `${ruleId} ${location[0]?.pointer}: ${message}`)
}

const PATHS = ['/openapi.json', ...faces.map(({ name }) => `/openapi/${name}.json`)]

describe('the OpenAPI documents', () => {
  it.each(PATHS)('%s has nothing that a foreign checker objects to', async (path) => {
    const answer = await fetch(server.url + path)
    expect(await problemsOf(await answer.text())).toEqual([])
  })

  it.each([
    ['a reference leads nowhere', 'no-unresolved-refs', { $ref: '#/components/schemas/nobody' }],
    ['an example breaks its schema', 'no-invalid-media-type-examples', { type: 'integer' }],
  ])('would be objected to where %s', async (_sentence, rule, schema) => {
    const answer = await fetch(`${server.url}/openapi/iam-providers.json`)
    const document = Object(await answer.json())
    const create = document.paths['/v1/regions/global/iam/providers'].post
    create.requestBody.content['application/json'].schema = schema
    const problems = await problemsOf(JSON.stringify(document))
    expect(problems.map((problem) => problem.split(' ', 1)[0])).toContain(rule)
  })
})
