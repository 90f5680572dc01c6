/**
 * Reads YAML of anybody: what comes out is JSON, a small text cannot grow into a large value, and a long one is read in
 * turns, so that it holds nobody else up.
 *
 * Source: YAML 1.2 core schema.
 */
import { setImmediate as nextTurn } from 'node:timers/promises'
import { Composer, type Document, isAlias, isMap, isScalar, isSeq, Lexer, type ParsedNode, Parser } from 'yaml'
import { Fault } from '../../fault.ts'
import type { Json } from '../../json.ts'
import { faceFault } from '../faults.ts'
import { isDeepText } from './depth.ts'

/** Words and marks of one document: ten times those of our largest; it is read within one turn. */
const DOCUMENT_LEXEMES = 20_000
/** Documents without anything in them, as a separator at the end leaves one. */
const EMPTY_DOCUMENTS = 100
/** About twenty milliseconds. */
const TURN_LEXEMES = 2_000
/** Keys are compared by a set of our own: the parser's way takes minutes for a megabyte of them. */
const OPTIONS = { uniqueKeys: false, prettyErrors: false } as const
/** What the lexer says to the parser beside the text: a document, a flow that breaks off, a scalar. */
const SIGNS = ['\u0002', '\u0018', '\u001f']

/** Reads one YAML document; nothing at all is null. Faults: request.invalid */
export async function readYaml(text: string): Promise<Json> {
  const [document, other] = await readYamlDocuments(text, 1)
  if (other !== undefined) throw unreadable('The body has more than one YAML document.')
  return document ?? null
}

/**
 * Reads the YAML documents of a text (JSON is YAML); empty ones are left out. It stops behind the first one that is too
 * many. Aliases, tags that mean nothing, keys twice and values that JSON does not have are refused.
 *
 * Faults: request.invalid
 */
export async function readYamlDocuments(text: string, most: number): Promise<Json[]> {
  if (isDeepText(text)) throw unreadable('The body is nested too deeply.')
  const read: Json[] = []
  let seen = 0
  try {
    for await (const document of documentsOf(text)) {
      const value = document.contents === null ? null : jsonOf(document.contents)
      if (value !== null) read.push(value)
      if (read.length > most) break
      seen += 1
      if (seen - read.length > EMPTY_DOCUMENTS) throw unreadable('The body is made of empty documents.')
    }
  } catch (error) {
    if (error instanceof Fault) throw error
    if (!(error instanceof Unreadable)) throw unreadable('The body is not YAML.', error)
    const line = text.slice(0, error.offset).split('\n').length
    throw unreadable(`The body is not YAML as it is taken here: line ${line} ${error.message}.`)
  }
  return read
}

/** Where and why; the parser's own words are not told, since they may quote the text. */
class Unreadable extends Error {
  readonly offset: number
  constructor(offset: number, message: string) {
    super(message)
    this.offset = offset
  }
}

async function* documentsOf(text: string): AsyncGenerator<Document.Parsed<ParsedNode>> {
  const parser = new Parser()
  const composer = new Composer<ParsedNode>(OPTIONS)
  let first: Unreadable | null = null
  // The first mistake ends it: a megabyte of commas has a million of them. Thrown through collections, it is caught on the
  // way and reported again, at their beginning.
  Object.assign(composer, {
    onError: (source: unknown) => {
      first ??= new Unreadable(offsetOf(source), 'cannot be read')
      throw first
    },
  })
  let lexemes = 0
  let offset = 0
  for (const lexeme of new Lexer().lex(text)) {
    lexemes += 1
    if (!SIGNS.includes(lexeme)) offset += lexeme.length
    if (lexemes > DOCUMENT_LEXEMES) {
      throw new Unreadable(offset, `is behind ${DOCUMENT_LEXEMES} words and marks; send JSON instead`)
    }
    if (lexemes % TURN_LEXEMES === 0) await nextTurn()
    for (const token of parser.next(lexeme)) {
      if (token.type === 'error') throw new Unreadable(token.offset, 'cannot be read')
      if (token.type === 'document') {
        lexemes = 0
        await nextTurn()
      }
      yield* checked(composer.next(token))
    }
  }
  for (const token of parser.end()) {
    if (token.type === 'error') throw new Unreadable(token.offset, 'cannot be read')
    yield* checked(composer.next(token))
  }
  yield* checked(composer.end())
}

/** What the composer has noted without calling out. */
function* checked(documents: Iterable<Document.Parsed<ParsedNode>>) {
  for (const document of documents) {
    const first = document.errors[0] ?? document.warnings[0]
    if (first !== undefined) throw new Unreadable(first.pos[0], 'cannot be read')
    yield document
  }
}

function offsetOf(source: unknown): number {
  const first = Array.isArray(source) ? source[0] : source
  const offset = typeof first === 'number' ? first : Object(first).offset
  return typeof offset === 'number' ? offset : 0
}

function jsonOf(node: ParsedNode | null): Json {
  if (node === null) return null
  const [offset] = node.range
  if (isAlias(node)) throw new Unreadable(offset, 'has an alias')
  if (isSeq(node)) return node.items.map((item) => jsonOf(item))
  if (isMap(node)) return mapOf(node.items, offset)
  const { value } = node
  if (typeof value === 'number' && !Number.isFinite(value)) throw new Unreadable(offset, 'has a number that JSON lacks')
  if (value === null || ['string', 'number', 'boolean'].includes(typeof value)) return value as Json // one of these
  throw new Unreadable(offset, 'has a value that JSON lacks')
}

function mapOf(
  pairs: readonly { readonly key: ParsedNode; readonly value: ParsedNode | null }[],
  offset: number,
): Json {
  const members = new Map<string, Json>()
  for (const { key, value } of pairs) {
    const name = isScalar(key) ? String(key.value ?? '') : null
    const at = key?.range[0] ?? offset
    // A key that every object has already would mean another thing to each reader.
    if (name === null || name === '__proto__') throw new Unreadable(at, 'has a key that is no name')
    if (members.has(name)) throw new Unreadable(at, 'has a key for the second time')
    members.set(name, jsonOf(value))
  }
  return Object.fromEntries(members)
}

function unreadable(message: string, cause?: unknown): Fault {
  return faceFault('request.invalid', { message, cause })
}
