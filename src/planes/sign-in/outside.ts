/** What a person is told of a refusal: one sentence for all reasons that ask the same of them. The decision has the reason. */
import type { ErrorKey } from './pages/error.ts'

const BY_CODE: Readonly<Record<string, ErrorKey>> = {
  'login.unknown': 'expired',
  'login.abandoned': 'expired',
  'saml.unsolicited': 'expired',
  'login.other_browser': 'otherBrowser',
  'answer.state_mismatch': 'otherBrowser',
  'upstream.access_denied': 'declined',
  'upstream.unavailable': 'unavailable',
  'code.unavailable': 'unavailable',
  'key.unavailable': 'unavailable',
  'provider.disabled': 'switchedOff',
  'provider.expired': 'switchedOff',
  'provider.unknown': 'switchedOff',
  'app.closed': 'switchedOff',
  'person.disabled': 'notPermitted',
  'condition.false': 'notPermitted',
  'condition.error': 'notPermitted',
  'domain.foreign': 'notPermitted',
  'person.unknown': 'noAccount',
  'person.no_lasting_name': 'noAccount',
  'upstream.level_unmet': 'tooWeak',
  'auth_time.missing': 'tooWeak',
  'auth_time.too_old': 'tooWeak',
  'step_up.level_missing': 'tooWeak',
  'step_up.level_unmet': 'tooWeak',
  'step_up.context_missing': 'tooWeak',
  'step_up.context_unmet': 'tooWeak',
  'step_up.person_unknown': 'wrongPerson',
  'step_up.other_person': 'wrongPerson',
  'step_up.other_browser': 'otherBrowser',
  'step_up.transaction_gone': 'expired',
  'step_up.transaction_used': 'expired',
  'step_up.transaction_expired': 'expired',
  'step_up.signed_out': 'expired',
  'step_up.level_unreachable': 'tooWeak',
}

/** Everything about the provider's answer itself is one: it could not be verified. */
export function outsideOf(code: string): ErrorKey {
  return Object.hasOwn(BY_CODE, code) ? (BY_CODE[code] ?? 'unverified') : 'unverified'
}
