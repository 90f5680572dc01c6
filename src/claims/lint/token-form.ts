/** One shape of a source's tokens, taken apart: which claims are fixed, and which are put together of parts. */
import type { Json, JsonObject } from '../../json.ts'
import { type PatternTree, parsePattern } from './pattern-tree.ts'
import type { LintSource, Part, TokenModel } from './token-model.ts'

/** Text, or the number of a part. */
export type Piece = string | number

/** A claim as a condition meets it. */
export type Claim =
  | { readonly kind: 'text'; readonly pieces: readonly Piece[] }
  | { readonly kind: 'fixed'; readonly json: Json }
  /** A list or an object with parts in it. */
  | { readonly kind: 'mixed' }
  | { readonly kind: 'absent' }

export interface FormPart extends Part {
  /** `*`: a claim that the model does not know. */
  readonly name: string
  readonly tree: PatternTree | null
}

/** Stands for a claim of which nothing is known, not even whether it is there. */
const MAYBE: unique symbol = Symbol('maybe')

/** What such a claim may be. */
const UNKNOWN: Part = { pattern: '[ -~]*', stranger: 'x' }

/** Forms of sources that have no claims but the known ones: reading an expression adds nothing to them. */
const forms = new WeakMap<TokenModel, Map<string, TokenForm>>()

/** The form of the source's tokens that the patch makes. */
export function formOf(source: LintSource, patch: JsonObject, audience = source.audiences[0] ?? ''): TokenForm {
  const { model, issuer } = source
  if (JSON.stringify(model.claims).includes('"*":')) return new TokenForm(source, patch, audience)
  const key = JSON.stringify([issuer, audience, patch])
  const known = forms.get(model) ?? new Map<string, TokenForm>()
  forms.set(model, known)
  const form = known.get(key) ?? new TokenForm(source, patch, audience)
  // Issuers and audiences are an operator's; a handful of them is remembered.
  if (known.size > 200) known.clear()
  known.set(key, form)
  return form
}

export class TokenForm {
  readonly parts: FormPart[]
  readonly #claims: JsonObject
  /** Paths of claims that nobody knows, by the number of their part. */
  readonly #unknown = new Map<number, readonly string[]>()

  constructor({ model, issuer, audiences }: LintSource, patch: JsonObject, audience = audiences[0] ?? '') {
    this.parts = Object.entries(model.parts).map(([name, part]) => ({
      name,
      ...part,
      tree: parsePattern(part.pattern),
    }))
    this.#claims = merged(filled(model.claims, { issuer, audience }), filled(patch, { issuer, audience }))
  }

  /** The claim at the path; of one that is not known, a part of its own where the source may have more claims. */
  claimAt(path: readonly string[]): Claim {
    const at = this.#find(path)
    if (at === MAYBE) return { kind: 'text', pieces: [this.#unknownPart(path)] }
    if (at === undefined || at === null) return { kind: 'absent' }
    if (typeof at === 'string') return this.#textOf(at)
    const isWritten = partsIn(JSON.stringify(at)).length === 0 && !JSON.stringify(at).includes('"*"')
    return isWritten ? { kind: 'fixed', json: at } : { kind: 'mixed' }
  }

  /** True for a claim that no token of the form has, and that the model does not take away either. */
  isUnknown(path: readonly string[]): boolean {
    return this.#find(path) === undefined
  }

  /** True for a claim that some tokens may have and others not. */
  maybe(path: readonly string[]): boolean {
    return this.#find(path) === MAYBE
  }

  /** Undefined where there is nothing, null where the form takes it away. */
  #find(path: readonly string[]): Json | undefined | typeof MAYBE {
    let at: Json | undefined = this.#claims
    for (const name of path) {
      if (!isObject(at)) return at === null ? null : undefined
      if (!Object.hasOwn(at, name) || name === '*') return Object.hasOwn(at, '*') ? MAYBE : undefined
      at = at[name]
    }
    return at
  }

  /** A token's claims: parts as given by number, else as a stranger or the owner has them. */
  tokenOf(values: ReadonlyMap<number, string>, whose: 'stranger' | 'own' = 'stranger'): JsonObject {
    const named = Object.fromEntries(
      this.parts.map(({ name, stranger, own }, index) => [
        name,
        values.get(index) ?? (whose === 'own' ? (own ?? stranger) : stranger),
      ]),
    )
    let token = withoutNulls(filled(this.#claims, named))
    for (const [index, path] of this.#unknown) token = placed(token, path, values.get(index) ?? UNKNOWN.stranger)
    return token
  }

  #textOf(template: string): Claim {
    const pieces = template.split(/\{(\w+)\}/).flatMap((text, index): Piece[] => {
      if (index % 2 === 0) return text === '' ? [] : [text]
      return [this.parts.findIndex(({ name }) => name === text)]
    })
    const isFixed = pieces.every((piece) => typeof piece === 'string')
    return isFixed ? { kind: 'fixed', json: template } : { kind: 'text', pieces }
  }

  #unknownPart(path: readonly string[]): number {
    for (const [index, known] of this.#unknown) if (JSON.stringify(known) === JSON.stringify(path)) return index
    const index = this.parts.push({ name: '*', ...UNKNOWN, tree: treeOf(UNKNOWN.pattern) }) - 1
    this.#unknown.set(index, path)
    return index
  }
}

function partsIn(template: string): string[] {
  return [...template.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
}

/** The same JSON with values in the place of the names that are known. */
function filled(json: JsonObject, values: Readonly<Record<string, string>>): JsonObject {
  const fill = (value: Json): Json => {
    if (typeof value === 'string') {
      return value.replace(/\{(\w+)\}/g, (all, name: string) =>
        Object.hasOwn(values, name) ? (values[name] ?? all) : all,
      )
    }
    if (typeof value !== 'object' || value === null) return value
    if (Array.isArray(value)) return value.map(fill)
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, fill(inner)]))
  }
  return Object(fill(json))
}

/** A merge patch whose nulls stay: they say that a claim is known and not there. */
function merged(json: JsonObject, patch: JsonObject): JsonObject {
  const entries = Object.entries(patch).map(([name, value]): [string, Json] => {
    const before = json[name]
    return [name, isObject(before) && isObject(value) ? merged(before, value) : value]
  })
  return { ...json, ...Object.fromEntries(entries) }
}

/** Models have few patterns; each is read once. */
const trees = new Map<string, PatternTree | null>()

function treeOf(pattern: string): PatternTree | null {
  const tree = trees.get(pattern) ?? parsePattern(pattern)
  trees.set(pattern, tree)
  return tree
}

function withoutNulls(json: JsonObject): JsonObject {
  const entries = Object.entries(json).filter(([name, value]) => value !== null && name !== '*')
  return Object.fromEntries(entries.map(([name, value]) => [name, isObject(value) ? withoutNulls(value) : value]))
}

function placed(json: JsonObject, [name = '', ...rest]: readonly string[], value: string): JsonObject {
  const inner = json[name]
  return { ...json, [name]: rest.length === 0 ? value : placed(isObject(inner) ? inner : {}, rest, value) }
}

function isObject(json: Json | undefined): json is JsonObject {
  return typeof json === 'object' && json !== null && !Array.isArray(json)
}
