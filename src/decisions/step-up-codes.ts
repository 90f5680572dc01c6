/** Why a step-up is refused: codes of the rungs that its plane climbs, beside those of the protocol. Source: CONTRACT.md section 7. */
import type { FaultEntry } from '../fault.ts'

const refusal = (message: string, remedy: string): FaultEntry => ({ kind: 'denied', message, remedy })

export const stepUpCodes = {
  'step_up.transaction_gone': refusal(
    'The transaction does not exist any more.',
    'It went with its provider; begin another one.',
  ),
  'step_up.transaction_used': refusal(
    'The transaction is over: it was verified, or it failed.',
    'Each is good for one proof; begin another one.',
  ),
  'step_up.transaction_expired': refusal('The transaction has expired.', 'The proof came too late; begin another one.'),
  'step_up.other_browser': refusal(
    'The transaction was opened in another browser before.',
    'Finish it where it was begun, or begin another one.',
  ),
  'step_up.other_person': refusal(
    'The person who is signed in here is not the one that the transaction is for.',
    'Sign in as the person that it names.',
  ),
  'step_up.signed_out': refusal(
    'The person of the transaction was not signed in any more when the answer came.',
    'Open the transaction again and stay signed in.',
  ),
  'step_up.provider_changed': refusal(
    'The provider was changed while the person was there.',
    'Begin another transaction: what was asked for is not what is trusted now.',
  ),
  'step_up.level_unreachable': refusal(
    'Nothing reaches the level that is asked for.',
    'Let a line of the organisation’s levels say which provider reaches it, by which values.',
  ),
  'step_up.level_missing': refusal(
    'The provider does not say how strongly the person proved who they are.',
    'Let it put acr into its ID tokens; it was asked by acr_values.',
  ),
  'step_up.level_unmet': refusal(
    'The provider says that the person proved who they are less strongly than was asked.',
    'Let the person register a stronger method there; see expected and actual.',
  ),
  'step_up.context_missing': refusal(
    'The ID token names no authentication context.',
    'Add acrs to the optional claims of the application at Entra, and a Conditional Access policy for the context.',
  ),
  'step_up.context_unmet': refusal(
    'The ID token lacks an authentication context that was asked for.',
    'Every one of them has to be satisfied: see expected and actual, and the Conditional Access policies.',
  ),
  'step_up.person_unknown': refusal(
    'The account that proved itself is not linked to the person of the transaction.',
    'If it is theirs, an administrator adds it to the person’s links; an e-mail address decides nothing.',
  ),
} as const satisfies Record<string, FaultEntry>

export type StepUpCode = keyof typeof stepUpCodes
