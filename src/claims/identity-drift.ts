/**
 * Why a condition that was right once refuses now: a name was given up and taken by somebody else, a thing was renamed, or
 * the subject has another shape than it had. Names never let anybody in where ids are compared; here they only explain.
 */

import type { Json, JsonObject } from '../json.ts'
import { type ASTNode, parseExpression } from './environment.ts'

/** Something that has a name, which may change hands, and an id, which does not. Paths of claims. */
export interface Identity {
  readonly name: readonly string[]
  readonly id: readonly string[]
  /** What the name is a name in: where the condition asks for another of these, the same name is somebody else's. */
  readonly within?: readonly (readonly string[])[]
}

/** What a subject says of other claims. */
export interface SubjectShape {
  /** With named groups; read at the begin of a subject, or of a prefix of one. */
  readonly pattern: RegExp
  /** Claims that the groups say, as `{group}`; left out where a group is not there. */
  readonly says: readonly { readonly claim: readonly string[]; readonly value: string }[]
}

export interface IdentityFacts {
  readonly identities: readonly Identity[]
  readonly subject?: SubjectShape
}

/** A sentence for operators, or null. `claims` are of a genuine token that the condition refused. */
export function identityDrift(expression: string, claims: JsonObject, facts: IdentityFacts): string | null {
  const wanted = wantedBy(expression, facts)
  const isElsewhere = (path: readonly string[]) => {
    const has = textAt(claims, path)
    return has !== null && wanted.get(keyOf(path))?.has(has) === false
  }
  for (const { name, id, within = [] } of facts.identities) {
    if (within.some(isElsewhere)) continue
    const [wantedNames, wantedIds] = [wanted.get(keyOf(name)), wanted.get(keyOf(id))]
    const [hasName, hasId] = [textAt(claims, name), textAt(claims, id)]
    if (wantedNames === undefined || wantedIds === undefined || hasName === null || hasId === null) continue
    if (wantedNames.has(hasName) === wantedIds.has(hasId)) continue
    return wantedNames.has(hasName)
      ? `re-registered: ${met(name, hasName)}, but ${other(id, hasId, wantedIds)}`
      : `renamed: ${met(id, hasId)}, but ${other(name, hasName, wantedNames)}`
  }
  return otherShape(expression, claims, facts)
}

const met = (path: readonly string[], has: string) => `${labelOf(path)} is ${JSON.stringify(has)} as the condition says`
const other = (path: readonly string[], has: string, wanted: ReadonlySet<string>) =>
  `${labelOf(path)} is ${JSON.stringify(has)}, not ${JSON.stringify([...wanted][0])}`
const labelOf = (path: readonly string[]) => path.filter((step) => !step.includes('/') && !step.includes('.')).join('.')
const keyOf = (path: readonly string[]) => JSON.stringify(path)

/** The same things by the same names, and a subject that says more or less of them than the condition's. */
function otherShape(expression: string, claims: JsonObject, { subject }: IdentityFacts): string | null {
  const has = textAt(claims, ['sub'])
  if (subject === undefined || has === null) return null
  const said = saidBy(has, subject)
  for (const text of [...textsFor(expression, ['sub'])]) {
    const expected = saidBy(text, subject)
    const shared = [...expected.keys()].filter((key) => said.has(key))
    const isSame = shared.length > 0 && shared.every((key) => expected.get(key) === said.get(key))
    if (!isSame || expected.size === said.size) continue
    const [more, less] = said.size > expected.size ? ['with', 'without'] : ['without', 'with']
    return `sub has the shape ${more} ids, the condition compares the one ${less}: ${JSON.stringify(has)}`
  }
  return null
}

/** Values that the condition wants of each claim, by its path: those it compares, and those that its subjects say. */
function wantedBy(expression: string, { identities, subject }: IdentityFacts): Map<string, ReadonlySet<string>> {
  const wanted = new Map<string, ReadonlySet<string>>()
  const subjects = subject === undefined ? [] : textsFor(expression, ['sub']).map((text) => saidBy(text, subject))
  for (const path of identities.flatMap(({ name, id, within = [] }) => [name, id, ...within])) {
    const said = subjects.flatMap((one) => one.get(keyOf(path)) ?? [])
    const values = new Set([...textsFor(expression, path), ...said])
    if (values.size > 0) wanted.set(keyOf(path), values)
  }
  return wanted
}

function saidBy(text: string, { pattern, says }: SubjectShape): Map<string, string> {
  const groups = pattern.exec(text)?.groups ?? {}
  const said = new Map<string, string>()
  for (const { claim, value } of says) {
    const names = [...value.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
    if (names.some((name) => groups[name] === undefined)) continue
    said.set(
      keyOf(claim),
      value.replace(/\{(\w+)\}/g, (_, name: string) => groups[name] ?? ''),
    )
  }
  return said
}

/** Literals that the claim is compared with, where it is to be equal to them or to begin with them; none under `!`. */
function textsFor(expression: string, path: readonly string[]): string[] {
  try {
    return texts(parseExpression(expression, ['claims']).ast, path)
  } catch {
    // What cannot be read compares nothing.
    return []
  }
}

function texts(node: ASTNode, path: readonly string[]): string[] {
  switch (node.op) {
    case '&&':
    case '||':
      return node.args.flatMap((part) => texts(part, path))
    case '==': {
      const [a, b] = node.args
      if (isMember(a, path)) return literals(b)
      return isMember(b, path) ? literals(a) : []
    }
    case 'in':
      return isMember(node.args[0], path) && node.args[1].op === 'list' ? node.args[1].args.flatMap(literals) : []
    case 'rcall': {
      const [name, receiver, args] = node.args
      return name === 'startsWith' && isMember(receiver, path) ? args.flatMap(literals) : []
    }
    default:
      return []
  }
}

const literals = (node: ASTNode): string[] => (node.op === 'value' && typeof node.args === 'string' ? [node.args] : [])

function isMember(node: ASTNode, path: readonly string[]): boolean {
  const last = path.at(-1)
  if (last === undefined) return node.op === 'id' && node.args === 'claims'
  if (node.op !== '.' && node.op !== '[]') return false
  const [owner, name] = node.args
  const key = typeof name === 'string' ? name : name.op === 'value' ? name.args : null
  return key === last && isMember(owner, path.slice(0, -1))
}

function textAt(claims: JsonObject, path: readonly string[]): string | null {
  const found = path.reduce<Json | undefined>(
    (at, name) => (Object.hasOwn(Object(at), name) ? Object(at)[name] : undefined),
    claims,
  )
  return typeof found === 'string' ? found : null
}
