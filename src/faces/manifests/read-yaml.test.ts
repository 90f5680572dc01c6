import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Fault } from '../../fault.ts'
import { writeYaml } from './document.ts'
import { readYaml, readYamlDocuments } from './read-yaml.ts'

describe('a YAML document', () => {
  it.each<[string, string, unknown]>([
    ['is read', 'a: 1\nb: [x, "y"]\n', { a: 1, b: ['x', 'y'] }],
    ['may be JSON', '{"a": {"b": null}}', { a: { b: null } }],
    ['keeps dates as texts', 'at: 2026-01-01T00:00:00Z', { at: '2026-01-01T00:00:00Z' }],
    ['takes yes and no as texts', 'a: yes\nb: on', { a: 'yes', b: 'on' }],
    ['has names as keys, whatever they look like', '1: a\ntrue: b', { 1: 'a', true: 'b' }],
    ['may name a standard type', 'a: !!str 1', { a: '1' }],
    ['may have anchors that nobody refers to', 'a: &x 1', { a: 1 }],
    ['may be long and flat', `a:\n${'  - {b: [1]}\n'.repeat(1000)}`, { a: Array(1000).fill({ b: [1] }) }],
    ['may be nothing', '# a comment\n', null],
  ])('%s', async (_name, text, expected) => {
    expect(await readYaml(text)).toEqual(expected)
  })

  it.each([
    ['aliases', 'a: &x 1\nb: *x'],
    ['a growing chain of aliases', 'a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]'],
    ['an alias of itself', 'a: &a [*a]'],
    ['merged keys', 'a: &a {b: 1}\nc:\n  <<: *a'],
    ['two documents', 'a: 1\n---\na: 2'],
    ['a key twice', 'a: 1\na: 2'],
    ['a key twice in two spellings', 'a: 1\n"a": 2'],
    ['a list as a key', '? [a]\n: 1'],
    ['the key of all objects', '__proto__: {a: 1}'],
    ['a tag that means nothing', 'a: !secret x'],
    ['a number that JSON lacks', 'a: .inf'],
    ['tabs as indentation', 'a:\n\t- 1'],
    ['open brackets', '{'.repeat(50_000)],
    ['closed brackets', '['.repeat(20_000) + ']'.repeat(20_000)],
    ['markers', '- '.repeat(30_000)],
    ['question marks', '? '.repeat(30_000)],
    ['ever deeper lines', Array.from({ length: 1000 }, (_, n) => `${' '.repeat(n)}a:`).join('\n')],
    ['more keys than a parser compares', Array.from({ length: 60_000 }, (_, n) => `k${n}: 1`).join('\n')],
    ['a mistake at every character', `[${','.repeat(500_000)}]`],
    ['an open quote at every character', '"'.repeat(500_000)],
    ['nothing but separators', '---\n'.repeat(200_000)],
    ['one directive after another', '%\n'.repeat(200_000)],
  ])('is refused with %s', async (_name, text) => {
    await expect(readYaml(text)).rejects.toThrow(Fault)
  })

  it('is refused with the line, and without being quoted', async () => {
    const text = 'a: 1\n---\nb: |\n  x\n  y\nc: @marker-4711\n'
    const refused = readYamlDocuments(text, 10)
    await expect(refused).rejects.toThrow('The body is not YAML as it is taken here: line 6 cannot be read.')
    await expect(readYaml('a: 1\nb:\n  c: 1\n  c: marker-4711')).rejects.toThrow('line 4 has a key for the second time')
  })

  it('is a value or a fault, whatever the text', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...'-?:[]{},&*!|>\'"%@`# \n\ta') })),
        async (text) => {
          try {
            await readYaml(text)
          } catch (error) {
            expect(error).toBeInstanceOf(Fault)
          }
        },
      ),
      { numRuns: 1000 },
    )
  })

  it('comes back as it was written', async () => {
    await fc.assert(
      fc.asyncProperty(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 })), async (value) => {
        const json = JSON.parse(JSON.stringify(value))
        const isTaken = !JSON.stringify(json).includes('"__proto__"')
        fc.pre(isTaken)
        expect(await readYaml(writeYaml(json))).toEqual(json)
      }),
    )
  })
})

describe('many YAML documents', () => {
  it('are read in their order, without the empty ones', async () => {
    expect(await readYamlDocuments('---\na: 1\n---\n# nothing\n---\nb: 2\n...\n', 5)).toEqual([{ a: 1 }, { b: 2 }])
  })

  it('are read no further than one more than may be', async () => {
    expect(await readYamlDocuments('a: 1\n---\na: 2\n---\na: 3\n---\na: 4\n---\n{', 2)).toHaveLength(3)
  })

  it('let others have their turn meanwhile', async () => {
    let turns = 0
    let isReading = true
    const others = (async () => {
      while (isReading) {
        await new Promise((resolve) => setImmediate(resolve))
        turns += 1
      }
    })()
    await readYamlDocuments(`---\n${'a: [1, 2, 3]\n---\n'.repeat(400)}`, 1000)
    isReading = false
    await others
    expect(turns).toBeGreaterThan(100)
  })
})
