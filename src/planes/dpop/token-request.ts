/** The rung `dpop` of a token request: whether the token to issue is bound to a key, and to which. Source: RFC 9449 §5. */
import { type Attempt, refuse } from '../attempt.ts'
import { malformed, type OAuthError } from '../oauth-error.ts'
import { type DpopRules, isFault, judgeProof, type Proof, takeProof } from './proof.ts'

export interface ProofOfRequest {
  /** The `DPoP` header as sent. */
  readonly dpop: string | undefined
  /** URL of the endpoint called, as we publish it. */
  readonly endpoint: string
  readonly attempt: Attempt
}

/** Null where none was sent and none is needed. Nothing is taken yet, see `bind`. */
export function readProof(
  { readSelfSigned }: Pick<DpopRules, 'readSelfSigned'>,
  { dpop, endpoint, attempt }: ProofOfRequest,
  isRequired = false,
): Proof | null {
  if (dpop === undefined) {
    if (!isRequired) return null
    refuse(attempt, 'dpop', 'dpop.missing', {
      error: badProof('this client must send one'),
      expected: 'a DPoP proof',
      actual: 'none',
    })
  }
  const ask = { proof: dpop, method: 'POST', url: endpoint, accessToken: null, now: attempt.at }
  const judged = judgeProof(readSelfSigned, ask)
  if (!isFault(judged)) return judged
  const { code, sentence, expected, actual } = judged
  refuse(attempt, 'dpop', code, { error: badProof(sentence), expected, actual })
}

/** Takes the proof, as the last thing before the token is issued: a request that was refused has used up nothing. */
export async function bind(at: Pick<DpopRules, 'oneTime'>, attempt: Attempt, proof: Proof): Promise<void> {
  const first = await takeProof(at, proof, attempt.at)
  if (!first) attempt.refusal = badProof('it was sent before')
  attempt.ladder.check('dpop', first, 'dpop.replayed', 'a jti not seen before', first ? proof.thumbprint : proof.id)
}

function badProof(sentence: string): OAuthError {
  return malformed(`The DPoP proof was not accepted: ${sentence}.`, 'invalid_dpop_proof')
}
