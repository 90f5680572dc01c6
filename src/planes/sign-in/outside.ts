/** What a person is told of a refusal: one sentence for all reasons that ask the same of them. The decision has the reason. */
import type { Plane } from '../../decisions/decision.ts'
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
  'step_up.other_person': 'otherSignedIn',
  'step_up.other_browser': 'otherBrowser',
  'step_up.transaction_gone': 'stepUpOver',
  'step_up.transaction_used': 'stepUpOver',
  'step_up.transaction_expired': 'stepUpOver',
  'step_up.signed_out': 'signedOutMeanwhile',
  'step_up.provider_changed': 'stepUpOver',
  'step_up.level_unreachable': 'tooWeak',
}

/** Everything about the provider's answer itself is one: it could not be verified. */
export function outsideOf(code: string, plane?: Plane): ErrorKey {
  const key = Object.hasOwn(BY_CODE, code) ? (BY_CODE[code] ?? 'unverified') : 'unverified'
  // Nobody is told to sign in again who is signed in.
  return key === 'expired' && plane === 'step-up' ? 'stepUpOver' : key
}
