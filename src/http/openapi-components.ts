/**
 * Schemas with a title become components of the document, named `{tag}.{title}`, and are referred to; so do the refusals that
 * the operations of a tag share, and the parameters that all of them have.
 *
 * Source: OpenAPI 3.1, "Components Object".
 */

/** Member of a route's schema, taken out of the document: the request may come without a body. */
export const BODY_OPTIONAL = 'x-body-optional'

type Node = { readonly [member: string]: unknown }
type Components = Record<'schemas' | 'responses' | 'parameters', Map<string, Node>>

/** Below these stand values of callers, which may have any form. */
const VALUES: readonly string[] = ['example', 'examples', 'default', 'const', 'enum']

/** Throws a TypeError where two schemas of one tag share a title and differ. */
export function withComponents<D extends object>(document: D): D {
  const { paths: described, components: given } = nodeOf(document)
  const found: Components = { schemas: new Map(), responses: new Map(), parameters: new Map() }
  const paths = mapMembers(described, (item) =>
    mapMembers(item, (operation) => shortened(mapped(operation, tagOf(operation), found.schemas), found)),
  )
  const sorted = (components: Map<string, Node>) =>
    Object.fromEntries([...components].sort(([one], [other]) => (one < other ? -1 : 1)))
  const { schemas, responses, parameters } = found
  const components = {
    ...nodeOf(given),
    schemas: sorted(schemas),
    responses: sorted(responses),
    parameters: sorted(parameters),
  }
  return { ...document, paths, components }
}

/** The document with the operations of one tag, and the components that they need. */
export function ofTag(document: object, tag: string): object {
  const { paths: described, components: given, tags: all } = nodeOf(document)
  const paths: [string, Node][] = []
  for (const [path, item] of Object.entries(nodeOf(described))) {
    const kept = Object.entries(nodeOf(item)).filter(([, operation]) => tagOf(operation) === tag)
    if (kept.length > 0) paths.push([path, Object.fromEntries(kept)])
  }
  const { securitySchemes, ...shared } = nodeOf(given)
  const needed = neededBy(paths, shared)
  const components = mapMembers(shared, (of, section) =>
    Object.fromEntries(Object.entries(nodeOf(of)).filter(([name]) => needed.has(`#/components/${section}/${name}`))),
  )
  const tags = Array.isArray(all) ? all.filter(({ name }) => name === tag) : []
  return { ...document, tags, paths: Object.fromEntries(paths), components: { securitySchemes, ...components } }
}

/** Every reference that is reached from `start`. */
function neededBy(start: unknown, shared: Node): Set<string> {
  const needed = new Set<string>()
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    const { $ref } = nodeOf(value)
    if (typeof $ref === 'string' && !needed.has($ref)) {
      needed.add($ref)
      const [section = '', name = ''] = $ref.split('/').slice(2)
      visit(nodeOf(shared[section])[name])
    }
    for (const member of Object.values(value)) visit(member)
  }
  visit(start)
  return needed
}

function mapped(value: unknown, tag: string, schemas: Map<string, Node>): unknown {
  if (Array.isArray(value)) return value.map((member) => mapped(member, tag, schemas))
  if (typeof value !== 'object' || value === null) return value
  const node = mapMembers(value, (member, name) => (VALUES.includes(name) ? member : mapped(member, tag, schemas)))
  return isTitled(node) ? referTo(node, tag, schemas) : node
}

/** A property may be called title; a title is a text, and stands in a schema. */
function isTitled(node: Node): node is Node & { readonly title: string } {
  return typeof node.title === 'string' && (node.type !== undefined || node.anyOf !== undefined)
}

function referTo(schema: Node & { readonly title: string }, tag: string, schemas: Map<string, Node>): Node {
  const { type } = schema
  if (Array.isArray(type) && type.includes('null')) {
    const [own, ...others] = type.filter((one) => one !== 'null')
    if (others.length > 0) throw new TypeError(`${schema.title} is of several types`)
    return { anyOf: [referTo({ ...schema, type: own }, tag, schemas), { type: 'null' }] }
  }
  const name = `${tag}.${schema.title}`
  keep(schemas, name, schema)
  return { $ref: `#/components/schemas/${name}` }
}

/** Shared refusals and headers by reference. */
function shortened(value: unknown, { responses, parameters }: Components): Node {
  const { [BODY_OPTIONAL]: isBodyOptional, ...operation } = nodeOf(value)
  const tag = tagOf(operation)
  const shared = mapMembers(operation.responses, (answer, status) => {
    if (Number(status) < 400) return answer
    const name = `${tag}.${status}`
    const known = responses.get(name)
    if (known !== undefined && !isSame(known, answer)) return answer
    responses.set(name, nodeOf(answer))
    return { $ref: `#/components/responses/${name}` }
  })
  const given = Array.isArray(operation.parameters) ? operation.parameters : []
  const referred = given.map((parameter) => {
    if (parameter.in !== 'header') return parameter
    keep(parameters, parameter.name, parameter)
    return { $ref: `#/components/parameters/${parameter.name}` }
  })
  // The framework's plugin says of every body that it is required.
  const body = isBodyOptional === true ? { requestBody: { ...nodeOf(operation.requestBody), required: false } } : {}
  return { ...operation, ...body, ...(given.length === 0 ? {} : { parameters: referred }), responses: shared }
}

function keep(components: Map<string, Node>, name: string, component: Node): void {
  const known = components.get(name)
  if (known !== undefined && !isSame(withoutExamples(known), withoutExamples(component))) {
    throw new TypeError(`two components are called ${name}`)
  }
  if (known?.examples === undefined) components.set(name, component)
}

/** The framework's plugin has moved those of a whole body to where the body is described. */
function withoutExamples({ examples: _, ...component }: Node): Node {
  return component
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

function tagOf(operation: unknown): string {
  const { tags } = nodeOf(operation)
  return Array.isArray(tags) ? String(tags[0]) : ''
}

function nodeOf(value: unknown): Node {
  return Object(value)
}

function mapMembers(value: unknown, change: (member: unknown, name: string) => unknown): Node {
  return Object.fromEntries(Object.entries(nodeOf(value)).map(([name, member]) => [name, change(member, name)]))
}
