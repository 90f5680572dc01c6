/**
 * Exchanges held against the OpenAPI document, more strictly than a client would: every answer of a face is documented with
 * its status and type and has no member that the document does not name; every request that succeeded was one that the
 * document allows.
 */
import { Compile } from 'typebox/schema'
import type { Json } from '../../json.ts'

export interface Exchange {
  readonly operation: string
  /** Undefined where nothing was sent. */
  readonly sent: unknown
  readonly sentType: string
  readonly query: Readonly<Record<string, unknown>>
  readonly status: number
  readonly type: string
  readonly text: string
}

type Check = (value: unknown) => readonly unknown[]
type Node = Readonly<Record<string, unknown>>

/** Tells what is wrong with an exchange; nothing for one that the document describes. */
export function documentedExchanges(document: object): (exchange: Exchange) => string[] {
  const operations = new Map<string, Node>()
  for (const item of Object.values(nodeOf(nodeOf(document).paths))) {
    for (const operation of Object.values(nodeOf(item))) {
      operations.set(String(nodeOf(operation).operationId), nodeOf(resolved(document, operation)))
    }
  }
  const checks = new Map<unknown, Check>()
  const checkOf = (schema: unknown, isAnswer: boolean): Check => {
    const known = checks.get(schema)
    if (known !== undefined) return known
    // The schema is JSON: it comes out of the document.
    const compiled = Compile((isAnswer ? closed(schema) : schema) as object)
    const check: Check = (value) => (compiled.Check(value) ? [] : compiled.Errors(value).flat())
    checks.set(schema, check)
    return check
  }
  return (exchange) => {
    const operation = operations.get(exchange.operation)
    if (operation === undefined) return [`${exchange.operation} is no operation of the document`]
    const wrong = [...wrongAnswer(operation, exchange, checkOf)]
    if (exchange.status < 300) wrong.push(...wrongRequest(operation, exchange, checkOf))
    return wrong.map((what) => `${exchange.operation} ${exchange.status}: ${what}`)
  }
}

/** Characters of a body in a message. */
const SHOWN = 500

function summaryOf(faults: readonly unknown[]): string {
  const told = faults.map((fault) => `${nodeOf(fault).instancePath ?? ''} ${nodeOf(fault).message ?? ''}`)
  return [...new Set(told)].slice(0, 3).join(', ')
}

type CheckOf = (schema: unknown, isAnswer: boolean) => Check

function* wrongAnswer(operation: Node, { status, type, text }: Exchange, checkOf: CheckOf): Generator<string> {
  const answer = nodeOf(operation.responses)[String(status)]
  if (answer === undefined) return yield 'the status is not documented'
  const { content } = nodeOf(answer)
  if (content === undefined) {
    if (text !== '') yield 'is documented without a body'
    return
  }
  const media = nodeOf(content)[type]
  if (media === undefined) return yield `the type ${type} is not documented`
  if (type !== 'application/json') return
  const faults = checkOf(nodeOf(media).schema, true)(JSON.parse(text) as Json)
  if (faults.length > 0) yield `${summaryOf(faults)} in ${text.slice(0, SHOWN)}`
}

function* wrongRequest(operation: Node, { sent, sentType, query }: Exchange, checkOf: CheckOf): Generator<string> {
  const { requestBody, parameters } = operation
  // Where no body is described, one that comes all the same is ignored.
  const isLeftOut = sentType === '' && nodeOf(requestBody).required === false
  if (requestBody !== undefined && !isLeftOut) {
    const media = nodeOf(nodeOf(requestBody).content)[sentType]
    const faults = media === undefined ? [] : checkOf(nodeOf(media).schema, false)(sent)
    if (media === undefined) yield `a body of type ${sentType} is taken, and not documented`
    if (faults.length > 0) yield `is taken, though ${summaryOf(faults)} in ${JSON.stringify(sent).slice(0, SHOWN)}`
  }
  const known = Array.isArray(parameters) ? parameters.filter((one) => one.in === 'query') : []
  for (const [name, value] of Object.entries(query)) {
    const parameter = known.find((one) => one.name === name)
    if (parameter === undefined) yield `the parameter ${name} is taken, and not documented`
    else if (checkOf(parameter.schema, false)(value).length > 0) yield `${name}=${value} is taken, and not documented`
  }
}

/** With everything that is referred to in its place; our schemas are trees. */
function resolved(document: object, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((member) => resolved(document, member))
  if (typeof value !== 'object' || value === null) return value
  const { $ref } = nodeOf(value)
  if (typeof $ref === 'string') {
    const found = $ref
      .slice(2)
      .split('/')
      .reduce<unknown>((node, name) => nodeOf(node)[name], document)
    if (found === undefined) throw new TypeError(`${$ref} leads nowhere`)
    return resolved(document, found)
  }
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, resolved(document, member)]))
}

/** An object has no other members than the document names; one that names none may have any. */
function closed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(closed)
  if (typeof value !== 'object' || value === null) return value
  const node = Object.fromEntries(Object.entries(value).map(([name, member]) => [name, closed(member)]))
  const isOpen = Object.keys(nodeOf(node.properties)).length > 0 && node.additionalProperties === undefined
  return isOpen ? { ...node, additionalProperties: false } : node
}

function nodeOf(value: unknown): Node {
  return Object(value)
}
