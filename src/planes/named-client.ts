/** Which client a request says that it is from, unproved: by HTTP Basic, in the form, or as the subject of an assertion. */
import { subjectOfAssertion } from './client-credentials/assertion.ts'
import type { Form } from './grant.ts'

export interface BasicCredentials {
  readonly clientId: string
  readonly secret: string
}

/** What `Authorization: Basic` says, or null where there is none or it is none. Source: RFC 6749 §2.3.1, both parts form-encoded. */
export function basicCredentials(authorization: string | undefined): BasicCredentials | null {
  const [, encoded] = /^basic +([A-Za-z0-9+/=]+) *$/i.exec(authorization ?? '') ?? []
  if (encoded === undefined) return null
  const text = Buffer.from(encoded, 'base64').toString()
  const colon = text.indexOf(':')
  const [clientId, secret] = [decoded(text.slice(0, colon)), decoded(text.slice(colon + 1))]
  return colon < 1 || clientId === null || secret === null ? null : { clientId, secret }
}

/** Says only whom to look for; undefined where nobody is named. */
export function namedClient(form: Form, authorization: string | undefined): string | undefined {
  const basic = basicCredentials(authorization)
  if (basic !== null) return basic.clientId
  const assertion = form.one('client_assertion')
  return form.one('client_id') ?? (assertion === undefined ? undefined : subjectOfAssertion(assertion))
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return null // no percent encoding: no client has such a name
  }
}
