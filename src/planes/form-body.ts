/** Reads a form that arrives at an OAuth endpoint: one content type, no query, nothing repeated that may not repeat. */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { contentTypeOf } from '../http/content-type.ts'
import { parseForm } from '../http/forms.ts'
import type { Form } from './grant.ts'
import { malformed, type OAuthError } from './oauth-error.ts'

const FORM = 'application/x-www-form-urlencoded'
/** A SAML assertion of 256 KiB in base64 in percent-encoding still fits. */
const BODY_BYTES = 1024 * 1024
/** Source: RFC 8693 §2.1. */
const MAY_REPEAT = new Set(['resource', 'audience'])

/** Whatever the content type says, the body arrives as text and the endpoint judges it: no 415 in a foreign shape. */
export function takeBodiesAsText(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'string', bodyLimit: BODY_BYTES }, (_request, body, done) =>
    done(null, body),
  )
}

export function readForm(request: FastifyRequest): Form | OAuthError {
  // A token in the query would end in logs and histories: refused even when the body is right.
  if (request.raw.url?.includes('?')) return malformed('Parameters belong in the body, not in the query.')
  if (contentTypeOf(request) !== FORM) return malformed(`The body must be ${FORM}.`)
  const parsed = parseForm(typeof request.body === 'string' ? request.body : '')
  if (!parsed.ok) return malformed(parsed.reason)
  const { parameters } = parsed
  for (const [name, values] of parameters) {
    if (values.length > 1 && !MAY_REPEAT.has(name)) return malformed('A parameter is repeated.')
  }
  return {
    one: (name) => parameters.get(name)?.[0] || undefined,
    all: (name) => parameters.get(name)?.filter((value) => value !== '') ?? [],
  }
}
