/** What an operation of any face says of itself in the OpenAPI document, beside its own schemas. */

/** In every path of a face the same word means the same. */
const PATH_WORDS: Readonly<Record<string, string>> = {
  id: 'Id of the object.',
  alias: 'Alias of the provider.',
  name: 'Name of the object.',
  organisation: 'Id of the organisation.',
  service_principal_id: 'Id of the service principal.',
  client_id: 'Full or short client id of the trust; a slash in it is escaped.',
}

export interface Described {
  readonly face: string
  readonly id: string
  readonly summary: string
  /** As the framework spells it: `/a/:id`. */
  readonly url: string
  /** Schema of the face's error body. */
  readonly refusal: object
}

/** The part of a route's schema that all faces spell alike. */
export function described({ face, id, summary, url, refusal }: Described) {
  const names = [...url.matchAll(/:(\w+)/g)].map(([, name = '']) => name)
  const texts = names.map((name) => [name, { type: 'string', description: PATH_WORDS[name] ?? '' }])
  return {
    operationId: id,
    summary,
    tags: [face],
    security: [{ bearer: [] }, { oauth: [] }],
    refusal,
    ...(names.length === 0 ? {} : { params: { type: 'object', properties: Object.fromEntries(texts) } }),
  }
}
