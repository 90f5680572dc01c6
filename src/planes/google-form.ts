/**
 * Token requests as Google's clients make them: the usual form, or JSON in camelCase, with Google's own `options`.
 *
 * Source: Google Security Token Service, `v1.token`; google-auth-library; @googleapis/sts.
 */
import type { FastifyRequest } from 'fastify'
import { contentTypeOf } from '../http/content-type.ts'
import type { JsonObject } from '../json.ts'
import { readForm } from './form-body.ts'
import type { Form } from './grant.ts'
import { malformed, type OAuthError } from './oauth-error.ts'

/** Strict JSON: an object in which no member comes twice, or the reason why there is none. */
export type ReadJson = (bytes: Buffer) => JsonObject | string

/** JSON member → parameter. Members that are not here are ignored, as unknown parameters are. */
const MEMBERS: Readonly<Record<string, string>> = {
  grantType: 'grant_type',
  subjectToken: 'subject_token',
  subjectTokenType: 'subject_token_type',
  requestedTokenType: 'requested_token_type',
  actorToken: 'actor_token',
  actorTokenType: 'actor_token_type',
  assertion: 'assertion',
  audience: 'audience',
  resource: 'resource',
  scope: 'scope',
  clientId: 'client_id',
  clientSecret: 'client_secret',
  clientAssertion: 'client_assertion',
  clientAssertionType: 'client_assertion_type',
  options: 'options',
}
const MAY_REPEAT = new Set(['audience', 'resource'])
/** As many characters as a form may have. */
const BODY_CHARACTERS = 512 * 1024
/** Google's own options are some dozens. */
const OPTIONS_CHARACTERS = 16 * 1024

/** Reads either body; whatever `options` says is either without effect here or refused. */
export function readGoogleForm(readJson: ReadJson): (request: FastifyRequest) => Form | OAuthError {
  return (request) => {
    const form = contentTypeOf(request) === 'application/json' ? readJsonForm(request, readJson) : readForm(request)
    return 'error' in form ? form : (faultOfOptions(form.one('options'), readJson) ?? form)
  }
}

function readJsonForm(request: FastifyRequest, readJson: ReadJson): Form | OAuthError {
  if (request.raw.url?.includes('?')) return malformed('Parameters belong in the body, not in the query.')
  const text = typeof request.body === 'string' ? request.body : ''
  // What reading bytes as text puts where the bytes were no UTF-8.
  if (text.length > BODY_CHARACTERS || text.includes('\ufffd')) return malformed('The JSON body cannot be read.')
  const body = readJson(Buffer.from(text))
  if (typeof body === 'string') return malformed(`The JSON body cannot be read: ${body}.`)
  const parameters = new Map<string, readonly string[]>()
  for (const [member, name] of Object.entries(MEMBERS)) {
    const value = Object.hasOwn(body, member) ? body[member] : undefined
    if (value === undefined || value === null) continue
    const values = Array.isArray(value) && MAY_REPEAT.has(name) ? value : [value]
    if (!values.every((one) => typeof one === 'string')) return malformed(`${member} must be text.`)
    parameters.set(name, values)
  }
  return {
    one: (name) => parameters.get(name)?.[0] || undefined,
    all: (name) => parameters.get(name)?.filter((value) => value !== '') ?? [],
  }
}

/**
 * `options` is a JSON object, perhaps percent-encoded once more. `userProject` and the like say whom Google would bill:
 * without effect here. An access boundary asks for a token that may do less, and must not be passed over.
 */
function faultOfOptions(text: string | undefined, readJson: ReadJson): OAuthError | null {
  if (text === undefined) return null
  const options = text.length > OPTIONS_CHARACTERS ? null : readJson(Buffer.from(decoded(text)))
  if (options === null || typeof options === 'string') return malformed('options must be a JSON object, URL-encoded.')
  if (options.accessBoundary === undefined) return null
  return malformed('options.accessBoundary is not supported: ask for fewer scopes, or for one resource.')
}

function decoded(text: string): string {
  if (!text.startsWith('%')) return text
  try {
    return decodeURIComponent(text)
  } catch {
    return text // not encoded after all, and no JSON either
  }
}
