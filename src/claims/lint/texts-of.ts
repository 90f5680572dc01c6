/** What an expression says about texts: literals and claims, one after the other. */
import type { ASTNode } from '../environment.ts'
import type { Piece, TokenForm } from './token-form.ts'

export type Text = readonly Piece[]

/** Path of a member of `claims` with literal names; null for anything else. */
export function pathOf(node: ASTNode): string[] | null {
  if (node.op === 'id') return node.args === 'claims' ? [] : null
  if (node.op !== '.' && node.op !== '[]') return null
  const [owner, name] = node.args
  const path = pathOf(owner)
  const key = typeof name === 'string' ? name : name.op === 'value' ? name.args : null
  return path === null || typeof key !== 'string' ? null : [...path, key]
}

/** Texts that loop variables stand for, by their names. */
export type Bound = ReadonlyMap<string, string>

const UNBOUND: Bound = new Map()

/** The text that the node yields for tokens of the form; null where it yields none, or none that can be followed. */
export function textOf(node: ASTNode, form: TokenForm, bound = UNBOUND): Text | null {
  if (node.op === 'id' && bound.has(node.args)) return [bound.get(node.args) ?? '']
  if (node.op === 'value') return typeof node.args === 'string' ? [node.args] : null
  const path = pathOf(node)
  if (path !== null && path.length > 0) {
    const claim = form.claimAt(path)
    if (claim.kind === 'text') return claim.pieces
    return claim.kind === 'fixed' && typeof claim.json === 'string' ? [claim.json] : urlPart(node, form)
  }
  if (node.op === '+') {
    const [left, right] = [textOf(node.args[0], form, bound), textOf(node.args[1], form, bound)]
    return left === null || right === null ? null : joined([...left, ...right])
  }
  if (node.op === 'call' && node.args[0] === 'string' && node.args[1][0] !== undefined)
    return textOf(node.args[1][0], form, bound)
  return urlPart(node, form)
}

/** `url(claims.sub).path` and its siblings, where a literal says scheme and host. */
function urlPart(node: ASTNode, form: TokenForm): Text | null {
  if (node.op !== '.') return null
  const [called, part] = node.args
  if (called.op !== 'call' || called.args[0] !== 'url' || called.args[1][0] === undefined) return null
  const [first, ...rest] = textOf(called.args[1][0], form) ?? []
  if (typeof first !== 'string') return null
  const [, scheme, host, path] = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]+)(\/[^?#]*)$/.exec(first) ?? []
  if (scheme === undefined || host === undefined || path === undefined) return null
  if (part === 'path') return [path, ...rest]
  if (part === 'scheme') return [scheme]
  return part === 'host' ? [host] : null
}

function joined(pieces: Text): Text {
  const texts: Piece[] = []
  for (const piece of pieces) {
    const last = texts.at(-1)
    if (typeof piece === 'string' && typeof last === 'string') texts[texts.length - 1] = last + piece
    else texts.push(piece)
  }
  return texts
}

/** Both texts without what they begin with alike. */
export function sameBeginning(a: Text, b: Text): readonly [Text, Text] {
  const [first, ...rest] = a
  const [other, ...otherRest] = b
  if (first === undefined || other === undefined) return [a, b]
  if (first === other) return sameBeginning(rest, otherRest)
  if (typeof first !== 'string' || typeof other !== 'string') return [a, b]
  const [long, short] = first.length >= other.length ? [first, other] : [other, first]
  if (short === '' || !long.startsWith(short)) return [a, b]
  const left = long.slice(short.length)
  return first === long ? sameBeginning([left, ...rest], otherRest) : sameBeginning(rest, [left, ...otherRest])
}
