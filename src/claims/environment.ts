/** What the parser and type checker know: the variables, and the few functions that CEL's own catalogue lacks. */
import { type ASTNode, Environment, type ParseResult, type TypeCheckResult } from '@marcbachmann/cel-js'
import { LRUCache } from 'lru-cache'

export type { ASTNode }

/**
 * Sizes of a syntax tree. CEL asks parsers for at least 12 levels, 32 operators in a row and 24 in a call chain;
 * these leave room for a hundred alternatives and end what was written to be expensive.
 */
const LIMITS = { maxAstNodes: 2_000, maxDepth: 100, maxListElements: 500, maxMapEntries: 200, maxCallArguments: 4 }

/** Variables lie under names that no expression can spell: so `google` may be one, which the library has taken. */
function hiddenName(variable: string): string {
  return `$${variable}`
}

/**
 * Type-checks a parsed expression, given its references to variables and what its has() ask for. Changes the tree:
 * references get their hidden names, and `has(claims["a"].b)`, which CEL allows and the library's checker does not,
 * is checked as `has(claims.b)`.
 */
export function checkTypes(
  parsed: ParseResult,
  found: { readonly references: readonly ASTNode[]; readonly questions: readonly ASTNode[] },
): TypeCheckResult {
  for (const reference of found.references) {
    if (reference.op === 'id') Object.assign(reference, { args: hiddenName(reference.args) })
  }
  for (const question of found.questions) {
    if (question.op === '.') Object.assign(question, { args: [rootOf(question), question.args[1]] })
  }
  return parsed.check()
}

function rootOf(node: ASTNode): ASTNode {
  return node.op === '.' || node.op === '[]' ? rootOf(node.args[0]) : node
}

/** Rooms name a handful of variable sets; the bound is for safety. */
const environments = new LRUCache<string, Environment>({ max: 32 })

/** Parses without checking types. Faults: whatever the library throws, always an Error. */
export function parseExpression(expression: string, variables: readonly string[]): ParseResult {
  const key = variables.join(',')
  const environment = environments.get(key) ?? createEnvironment(variables)
  environments.set(key, environment)
  return environment.parse(expression)
}

function createEnvironment(variables: readonly string[]): Environment {
  const environment = new Environment({ homogeneousAggregateLiterals: false, limits: LIMITS })
  environment.registerType('url', { fields: { scheme: 'string', host: 'string', path: 'string' } })
  // declarations for the checker: what they do is in functions.ts
  environment.registerFunction('url(string): url', declaredOnly, { async: false })
  environment.registerFunction('matches(string, string): bool', declaredOnly, { async: false })
  for (const variable of variables) environment.registerVariable(hiddenName(variable), 'map<string, dyn>')
  return environment
}

function declaredOnly(): never {
  throw new TypeError('conditions are not evaluated by the parser library')
}
