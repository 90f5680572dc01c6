import { PassThrough } from 'node:stream'
import { expect, it } from 'vitest'
import { createPrinter } from './print.ts'

it('a ladder shows the climb, the rung that failed, and what it wanted; skipped rungs stay out', () => {
  const stream = new PassThrough()
  const print = createPrinter(stream, {})
  print.ladder([
    { name: 'request', outcome: 'passed' },
    { name: 'audience', outcome: 'failed', code: 'audience.mismatch', expected: 'a', actual: 'b' },
    { name: 'condition', outcome: 'skipped' },
  ])
  const shown = String(stream.read())
  expect(shown).toContain('✓ request  ✗ audience')
  expect(shown).toMatch(/expected\s+a\n.*but got\s+b\n/)
  expect(shown).not.toContain('condition')
  expect(shown).not.toContain('\u001b')
})

it('counts what held and what did not', () => {
  const print = createPrinter(new PassThrough(), {})
  expect(print.held(true, 'a', '')).toBe(true)
  expect(print.held(false, 'b', '')).toBe(false)
  expect(print.counts).toEqual({ held: 1, failed: 1 })
})

it('a long text is broken below its beginning, for the width of the screen', () => {
  const stream = Object.assign(new PassThrough(), { columns: 60 })
  const print = createPrinter(stream, {})
  print.detail('expected', Array(12).fill('word').join(' '))
  print.held(true, 'granted', Array(12).fill('word').join(' '))
  const rows = String(stream.read()).trimEnd().split('\n')
  expect(rows).toHaveLength(4)
  expect(Math.max(...rows.map((row) => row.length))).toBeLessThanOrEqual(60)
  expect(rows[1]?.indexOf('word')).toBe(rows[0]?.indexOf('word'))
})

it('a long ladder is broken into rows of a screen', () => {
  const stream = new PassThrough()
  const rungs = Array.from({ length: 20 }, (_, index) => ({ name: `rung number ${index}`, outcome: 'passed' }))
  createPrinter(stream, {}).ladder(rungs)
  const rows = String(stream.read()).trimEnd().split('\n')
  expect(rows.length).toBeGreaterThan(3)
  expect(Math.max(...rows.map((row) => row.length))).toBeLessThanOrEqual(100)
})
