import { describe, expect, it } from 'vitest'
import { prefersYaml } from './document.ts'

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
