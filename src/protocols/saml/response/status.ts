/** What the provider says that came of the request. Source: SAML 2.0 Core §3.2.2.1–3.2.2.4. */
import type { Ladder } from '../../../decisions/ladder.ts'
import type { SamlResponseCode } from '../../../decisions/saml-codes.ts'
import type { SignInCode } from '../../../decisions/sign-in-codes.ts'
import { PROTOCOL } from '../names.ts'
import { attributeOf, childrenOf, isTag, type Tag, textOf } from '../signed-xml/tree.ts'

const STATUS = 'urn:oasis:names:tc:SAML:2.0:status:'

/** By the most particular status code that is in the list. */
const CODES: Readonly<Record<string, SignInCode>> = {
  NoAuthnContext: 'upstream.level_unmet',
  NoPassive: 'upstream.interaction_required',
  AuthnFailed: 'upstream.access_denied',
  RequestDenied: 'upstream.access_denied',
  UnknownPrincipal: 'upstream.access_denied',
  InvalidNameIDPolicy: 'upstream.request_refused',
  RequestUnsupported: 'upstream.request_refused',
  UnsupportedBinding: 'upstream.request_refused',
  Requester: 'upstream.request_refused',
  VersionMismatch: 'upstream.request_refused',
  Responder: 'upstream.unavailable',
}

/** Climbs the rung `status`: the top code must be Success, whatever is said beside it. */
export function judgeStatus(response: Tag, ladder: Ladder): boolean {
  const status = childrenOf(response).find((one) => isTag(one, PROTOCOL, 'Status'))
  const values = status === undefined ? [] : codesOf(status)
  return ladder.check('status', values[0] === 'Success', codeFor(values), 'Success', () => {
    const message = childrenOf(status ?? response).find((one) => isTag(one, PROTOCOL, 'StatusMessage'))
    const said = message === undefined ? '' : `: ${textOf(message) ?? ''}`
    return `${values.join(', ') || 'no status'}${said}`
  })
}

/** From the top code inwards, without what they all begin with. */
function codesOf(status: Tag): string[] {
  const values: string[] = []
  for (let within: Tag | undefined = status; within !== undefined; ) {
    const code: Tag | undefined = childrenOf(within).find((one) => isTag(one, PROTOCOL, 'StatusCode'))
    const value = code === undefined ? null : attributeOf(code, 'Value')
    if (value !== null) values.push(value.startsWith(STATUS) ? value.slice(STATUS.length) : value)
    within = code
  }
  return values
}

function codeFor(values: readonly string[]): SamlResponseCode | SignInCode {
  const known = [...values].reverse().find((value) => Object.hasOwn(CODES, value))
  return (known === undefined ? undefined : CODES[known]) ?? 'saml.status_failed'
}
