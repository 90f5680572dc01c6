import { describe, expect, it } from 'vitest'
import { paintFor } from '../terminal.ts'
import { resultsOf, resultsText } from './results.ts'

const place = { file: 'f.yaml', document: 1, line: 1 }

function told(results: readonly object[], isPrivate = false): string {
  const read = resultsOf(
    { results },
    results.map(() => ({ place, value: {} })),
  )
  return resultsText(read, { paint: paintFor({}, {}), dryRun: false, withNew: false, isPrivate })
}

const one = (name: string, result: string, more: object = {}) => ({
  kind: 'App',
  namespace: 'acme',
  name,
  result,
  diff: [],
  ...more,
})

describe('what applying did', () => {
  it('is said in a line a document; where one failed, nothing of the others was written', () => {
    expect(told([one('a', 'created'), one('b', 'unchanged')])).toBe('app/a created\napp/b unchanged')
    expect(told([one('a', 'failed'), one('b', 'unchanged')])).toBe('app/a failed\napp/b not written')
  })

  it('shows the secret that was made for an app to a person, and to nothing that keeps what is printed', () => {
    const made = [one('shop', 'created', { status: { clientId: 'acme.shop', clientSecret: 'the-secret' } })]
    expect(told(made, true)).toBe(
      'app/shop created\n    client id: acme.shop\n    client secret: the-secret (shown this once)',
    )
    expect(told(made)).toContain('client id: acme.shop')
    expect(told(made)).not.toContain('the-secret')
  })
})
