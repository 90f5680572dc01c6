/** The secret in the body, compared by its hash. */
import { createHash, timingSafeEqual } from 'node:crypto'
import type { Credential } from '../../registry/service-principal.ts'
import { type Attempt, refuse } from '../attempt.ts'

/** The rung `authentication` for `client_secret`. */
export function requireSecret(attempt: Attempt, credential: Credential, secret: string | undefined): void {
  if (secret === undefined)
    refuse(attempt, 'authentication', 'client.secret_wrong', {
      expected: 'a secret or an assertion',
      actual: 'neither',
    })
  // The secret holds 256 random bits: a plain hash is enough, a slow one would only invite floods.
  const given = createHash('sha256').update(secret).digest()
  const kept = Buffer.from(credential.secretHash, 'base64url')
  const same = kept.length === given.length && timingSafeEqual(kept, given)
  attempt.ladder.check(
    'authentication',
    same,
    'client.secret_wrong',
    'the secret of the credential',
    same ? undefined : 'another',
  )
}
