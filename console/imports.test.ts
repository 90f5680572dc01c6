/** The console is a client like any other: of the house it knows what is published for callers and for pages, and nothing else. */
import { readdirSync, readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { describe, expect, it } from 'vitest'

const PUBLISHED = ['src/client/index.ts', 'src/resource-server/browser.ts']
/** What a page may be made of; anything else is a decision. */
const PACKAGES = [
  'react',
  'react-dom/client',
  '@mantine/core',
  '@tanstack/react-query',
  '@tanstack/react-router',
  'openid-client',
]

function breachesOf(path: string, source: string): string[] {
  const targets = [...source.matchAll(/(?:from\s+|import\s*\(\s*|import\s+)['"]([^'"]+)['"]/g)].map(
    ([, target = '']) => target,
  )
  return targets.flatMap((target) => {
    if (!target.startsWith('.')) return PACKAGES.includes(target) ? [] : [`${path}: a page takes ${target}`]
    const to = posix.join(posix.dirname(`console/${path}`), target)
    return to.startsWith('console/') || PUBLISHED.includes(to) ? [] : [`${path}: reaches into ${to}`]
  })
}

const HERE = new URL('.', import.meta.url)
const FILES = readdirSync(HERE, { recursive: true, encoding: 'utf8' }).filter(
  (path) => /\.tsx?$/.test(path) && !/\.test\.ts$|^vite\.config\.ts$/.test(path),
)

describe('the console', () => {
  it('knows of the house what is published, and of packages what is on the list', () => {
    expect(FILES.length).toBeGreaterThan(30)
    expect(FILES.flatMap((path) => breachesOf(path, readFileSync(new URL(path, HERE), 'utf8')))).toEqual([])
  })

  it.each([
    ['a face', `import { x } from '../../src/faces/index.ts'`],
    ['a type of the registry', `import type { Provider } from '../../src/registry/provider.ts'`],
    ['the server’s half of the resource server', `const x = await import('../../src/resource-server/index.ts')`],
    ['a package of the server', `import Fastify from 'fastify'`],
  ])('is caught reaching for %s', (_name, source) => {
    expect(breachesOf('pages/a.ts', source)).toHaveLength(1)
  })
})
