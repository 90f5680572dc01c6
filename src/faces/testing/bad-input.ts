/** Input that no face may stumble on. */
import fc from 'fast-check'

/** What is wrong, the body, its type. Each has a marker that no answer may quote. */
export const BAD_BODIES: readonly (readonly [string, string, string])[] = [
  ['cut off', '{"marker-4711":', 'application/json'],
  ['no JSON at all', 'marker-4711', 'application/json'],
  ['another type', '<marker-4711/>', 'application/xml'],
  ['a form', 'marker-4711=1', 'application/x-www-form-urlencoded'],
  ['poisoned', '{"__proto__":{"marker-4711":1}}', 'application/json'],
  ['too large', JSON.stringify('marker-4711'.repeat(100_000)), 'application/json'],
  ['a list', '["marker-4711"]', 'application/json'],
  ['deep', `${'['.repeat(100_000)}"marker-4711"`, 'application/json'],
]

/** Texts on which parsers and databases stumble. */
export const oddText = fc.constantFrom(
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\u202e',
  '',
  ' ',
  'x'.repeat(5000),
  '🦊'.repeat(300),
  '-1',
  '1e400',
)
