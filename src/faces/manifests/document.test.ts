import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Fault } from '../../fault.ts'
import { prefersYaml, readYaml, writeYaml } from './document.ts'

describe('a YAML document', () => {
  it.each<[string, string, unknown]>([
    ['is read', 'a: 1\nb: [x, "y"]\n', { a: 1, b: ['x', 'y'] }],
    ['may be JSON', '{"a": {"b": null}}', { a: { b: null } }],
    ['keeps dates as texts', 'at: 2026-01-01T00:00:00Z', { at: '2026-01-01T00:00:00Z' }],
    ['takes yes and no as texts', 'a: yes\nb: on', { a: 'yes', b: 'on' }],
    ['may be long and flat', `a:\n${'  - {b: [1]}\n'.repeat(2000)}`, { a: Array(2000).fill({ b: [1] }) }],
  ])('%s', (_name, text, expected) => {
    expect(readYaml(text)).toEqual(expected)
  })

  it.each([
    ['aliases', 'a: &x 1\nb: *x'],
    ['two documents', 'a: 1\n---\na: 2'],
    ['a key twice', 'a: 1\na: 2'],
    ['tabs as indentation', 'a:\n\t- 1'],
    ['open brackets', '{'.repeat(50_000)],
    ['closed brackets', '['.repeat(20_000) + ']'.repeat(20_000)],
    ['markers', '- '.repeat(30_000)],
    ['question marks', '? '.repeat(30_000)],
    ['ever deeper lines', Array.from({ length: 1000 }, (_, n) => `${' '.repeat(n)}a:`).join('\n')],
  ])('is refused with %s', (_name, text) => {
    expect(() => readYaml(text)).toThrow(Fault)
  })

  it('is a value or a fault, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...'-?:[]{},&*!|>\'"%@`# \n\ta') })),
        (text) => {
          try {
            readYaml(text)
          } catch (error) {
            expect(error).toBeInstanceOf(Fault)
          }
        },
      ),
      { numRuns: 1000 },
    )
  })

  it('comes back as it was written', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 })), (value) => {
        const json = JSON.parse(JSON.stringify(value))
        expect(JSON.parse(JSON.stringify(readYaml(writeYaml(json))))).toEqual(json)
      }),
    )
  })
})

describe('the form of an answer', () => {
  it.each<[string | undefined, boolean]>([
    [undefined, false],
    ['*/*', false],
    ['application/json', false],
    ['application/yaml', true],
    ['text/yaml, */*', true],
    ['Application/YAML; q=0.5, application/json', false],
    ['application/yaml;q=0.5, */*;q=0.1', true],
    ['application/yaml;q=0', false],
    ['application/yaml;q=much', false],
    ['text/html', false],
  ])('for %s is YAML: %s', (accept, yaml) => {
    expect(prefersYaml(accept)).toBe(yaml)
  })
})
