/** Small damage to valid bodies: as values, and as text, where JSON can be wrong in ways that no value shows. */
import fc from 'fast-check'
import { stringify } from 'yaml'
import type { Json } from '../../../json.ts'
import { CANARY, type Materials, ODD, plausible } from './values.ts'

const KINDS = [
  'drop',
  'odd',
  'odd',
  'plausible',
  'plausible',
  'plausible',
  'plausible',
  'text',
  'text',
  'twice',
  'only',
  'add',
  'add',
  'wrap',
  'swap',
  'repeat',
] as const

export interface Mutation {
  readonly kind: (typeof KINDS)[number]
  /** Which place of the body, as far as there are so many. */
  readonly at: number
  readonly pick: number
}

export const mutations: fc.Arbitrary<readonly Mutation[]> = fc.array(
  fc.record({
    kind: fc.constantFrom(...KINDS),
    at: fc.nat({ max: 500 }),
    pick: fc.nat({ max: 100_000 }),
  }),
  { maxLength: 3 },
)

export interface MutationWords {
  readonly materials: Materials
  /** Names of fields that the operation knows, to be put where they may or may not belong. */
  readonly names: readonly string[]
}

type Holder = Record<string, Json> | Json[]

interface Place {
  readonly holder: Holder
  readonly key: string
}

/** The body with all the damage done; the body given stays as it is. */
export function mutated(body: Json, list: readonly Mutation[], words: MutationWords): Json {
  const root: Record<string, Json> = { body: structuredClone(body) }
  for (const mutation of list) damage(placesOf(root), mutation, words)
  hideCanaries(root)
  return root.body ?? null
}

/** A secret that was put into a field for everybody's eyes is none: there it may be shown. */
function hideCanaries(root: Holder): void {
  for (const place of placesOf(root)) {
    const value = read(place)
    const isSecret = /secret/i.test(place.key)
    if (typeof value === 'string' && !isSecret) write(place, value.replaceAll(CANARY, 'shown-'))
  }
}

function damage(places: readonly Place[], { kind, at, pick }: Mutation, words: MutationWords): void {
  const place = places[at % places.length]
  const other = places[pick % places.length]
  if (place === undefined || other === undefined) return
  const value = read(place)
  switch (kind) {
    case 'drop':
      remove(place)
      break
    case 'odd':
      // In leaves, most of the time: where a list or an object belongs, there are fewer ways to be wrong.
      write(pick % 4 === 0 ? place : leafAt(places, at), ODD[pick % ODD.length] ?? null)
      break
    case 'plausible':
      guess(places, at, pick, words)
      break
    case 'text':
      tamper(leafAt(places, at), pick)
      break
    case 'only':
      keepOne(value, pick)
      break
    case 'add':
      add(value, pick, words)
      break
    case 'wrap':
      write(place, pick % 2 === 0 ? [value] : { [place.key]: value })
      break
    case 'swap':
      write(place, structuredClone(read(other)))
      break
    case 'twice':
      if (Array.isArray(value)) value.push(structuredClone(value[pick % Math.max(1, value.length)] ?? null))
      else if (typeof value === 'string') write(place, `${value}${value}`)
      break
    case 'repeat':
      if (Array.isArray(value)) write(place, Array.from({ length: 200 }, () => value).flat())
      else if (typeof value === 'string') write(place, value.repeat(1 + (pick % 60)).slice(0, 20_000))
      break
  }
}

/** A place with a text, number or the like, where the body has one. */
function leafAt(places: readonly Place[], at: number): Place {
  const leaves = places.filter((place) => typeof read(place) !== 'object')
  const some = leaves.length === 0 ? places : leaves
  const place = some[at % some.length]
  if (place === undefined) throw new TypeError('a body has a place')
  return place
}

function tamper(place: Place, pick: number): void {
  const value = read(place)
  if (typeof value === 'string') write(place, tampered(value, pick))
  else if (typeof value === 'number') write(place, value * ([-1, 1e9, 0.1][pick % 4] ?? 1e300))
  else if (typeof value === 'boolean') write(place, String(value))
}

/** Another value that a field of its name might have, in one of the fields whose name says something. */
function guess(places: readonly Place[], at: number, pick: number, { materials }: MutationWords): void {
  const telling = places.filter(({ key }) => plausible(key, pick, materials) !== null)
  const place = telling[at % Math.max(1, telling.length)]
  if (place !== undefined) write(place, plausible(place.key, pick, materials))
}

/** Every place of the body, its root included. */
function placesOf(root: Holder): Place[] {
  return Object.keys(root).flatMap((key) => {
    const place = { holder: root, key }
    const value = read(place)
    return typeof value === 'object' && value !== null ? [place, ...placesOf(value as Holder)] : [place] // not null: one of the two
  })
}

function read({ holder, key }: Place): Json {
  return (Array.isArray(holder) ? holder[Number(key)] : holder[key]) ?? null
}

function write({ holder, key }: Place, given: Json): void {
  // The tables of values stay as they are, whatever is done to the body later.
  const value = structuredClone(given)
  if (Array.isArray(holder)) holder[Number(key)] = value
  // Not by assignment: `__proto__` is to become a member like any other.
  else Object.defineProperty(holder, key, { value, enumerable: true, configurable: true, writable: true })
}

function remove({ holder, key }: Place): void {
  if (Array.isArray(holder)) holder.splice(Number(key), 1)
  else delete holder[key]
}

function keepOne(value: Json, pick: number): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return
  const keys = Object.keys(value)
  for (const key of keys) if (key !== keys[pick % keys.length]) remove({ holder: value as Holder, key })
}

const ODD_NAMES = [
  '__proto__',
  'constructor',
  'toString',
  '',
  'a.b',
  'a\u0000',
  '\ud800',
  '0',
  'length',
  'x'.repeat(300),
]

function add(value: Json, pick: number, { names, materials }: MutationWords): void {
  if (Array.isArray(value)) {
    value.push(structuredClone(ODD[pick % ODD.length] ?? null))
    return
  }
  if (typeof value !== 'object' || value === null) return
  const known = pick % 5 > 0 ? names : ODD_NAMES
  const key = known[Math.floor(pick / 5) % known.length] ?? 'x'
  const odd = ODD[pick % ODD.length] ?? null
  write({ holder: value as Holder, key }, (pick % 3 > 0 ? plausible(key, pick, materials) : null) ?? odd)
}

const TAMPERS: readonly ((text: string) => string)[] = [
  (text) => `${text}\u0000`,
  (text) => `${text}\ud800`,
  (text) => ` ${text}`,
  (text) => `${text}\n`,
  (text) => `${text}/`,
  (text) => `${text}#x`,
  (text) => `${text}?x=1`,
  (text) => `\u202e${text}`,
  (text) => `${text}é`.normalize('NFD'),
  (text) => text.toUpperCase(),
  (text) => text.toLowerCase(),
  (text) => text.slice(0, -1),
  (text) => text.slice(1),
  (text) => text + text,
  (text) => text.replaceAll('e', 'е'), // Cyrillic
  (text) => text.replaceAll('.', '。'),
  (text) => text.replace('https', 'HTTPS'),
  (text) => text.replace('https:', 'http:'),
  percentEncoded,
]

/** A lone surrogate has no encoding of its own. */
export function percentEncoded(text: string): string {
  return encodeURIComponent(Buffer.from(text, 'utf8').toString('utf8'))
}

function tampered(text: string, pick: number): string {
  return TAMPERS[pick % TAMPERS.length]?.(text) ?? text
}

/** How a body is put on the wire: three times in four as anybody would. */
export const writings = fc.constantFrom(
  ...Array.from({ length: 60 }, () => 'plain' as const),
  'duplicate key',
  'prototype',
  'byte order mark',
  'cut off',
  'trailing comma',
  'large number',
  'deep',
  'bad utf-8',
  'yaml',
  'odd yaml',
  'another type',
  'multipart',
  'empty',
)
type Writing = typeof writings extends fc.Arbitrary<infer W> ? W : never

export interface Written {
  readonly type: string
  readonly payload: string | Buffer
}

const JSON_TYPE = 'application/json'
const BOUNDARY = 'fuzz-boundary'
const ODD_YAML = [
  'a: &x [1]\nb: *x\n',
  '? [a, b]\n: c\n',
  'a: !!binary "AA=="\nb: !!js/function "x"\n',
  '<<: {apiVersion: entente.dev/v1}\n',
  'kind: Trust\nkind: App\n',
  'metadata: 2030-01-01\nspec: 0x1F\nstatus: .inf\n',
  '- - - - x\n',
  '%YAML 9.9\n---\na: b\n',
  '---\n---\n...\n',
  '"\\ud800": "\\0"\n',
  '\u0000',
]

/** The body as it is sent. */
export function written(body: Json, how: Writing, pick: number): Written {
  const text = JSON.stringify(body)
  const json = (payload: string | Buffer): Written => ({ type: JSON_TYPE, payload })
  switch (how) {
    case 'duplicate key':
      return json(
        text.replace(
          /\{("(?:[^"\\]|\\.)*"):/,
          (found, key) => `{${key}:${JSON.stringify(ODD[pick % ODD.length])},${found.slice(1)}`,
        ),
      )
    case 'prototype':
      return json(text.replace('{', `{"__proto__":{"role":"operator"},"constructor":{"prototype":{"x":1}},`))
    case 'byte order mark':
      return json(`\ufeff${text}`)
    case 'cut off':
      return json(text.slice(0, pick % Math.max(1, text.length)))
    case 'trailing comma':
      return json(text.replace(/[}\]]$/, ',$&'))
    case 'large number':
      return json(text.replace(/:(?:"[^"]*"|[0-9]+|true|false|null)/, ':1e99999'))
    case 'deep':
      return json(text.replace(/:(?:"[^"]*"|[0-9]+|true|false|null)/, `:${'['.repeat(5_000)}${']'.repeat(5_000)}`))
    case 'bad utf-8':
      return json(
        Buffer.concat([
          Buffer.from(text.slice(0, 20)),
          Buffer.from([0xc3, 0x28, 0xff, 0xed, 0xa0, 0x80]),
          Buffer.from(text.slice(20)),
        ]),
      )
    case 'yaml':
      return { type: 'application/yaml', payload: stringify(body, { aliasDuplicateObjects: false }) }
    case 'odd yaml':
      return { type: 'application/yaml', payload: ODD_YAML[pick % ODD_YAML.length] ?? '' }
    case 'another type':
      return {
        type:
          [
            'text/plain',
            'application/x-www-form-urlencoded',
            'application/merge-patch+json',
            'json',
            'application/json; charset=utf-16',
          ][pick % 5] ?? '',
        payload: text,
      }
    case 'multipart':
      return {
        type: `multipart/form-data; boundary=${BOUNDARY}`,
        payload: `--${BOUNDARY}\r\ncontent-disposition: form-data; name="${['provider_id', 'file"; filename="x.xml', 'x'][pick % 3]}"\r\n\r\n${text.slice(0, 500)}\r\n--${BOUNDARY}${pick % 2 === 0 ? '--' : ''}\r\n`,
      }
    case 'empty':
      return json('')
    case 'plain':
      return json(text)
  }
}
