/**
 * `private_key_jwt` with the Ed25519 key inside the secret.
 *
 * Source: RFC 7523 §3; the form existing clients send (no kid, a `nonce` header instead of a `jti`, `aud` an array of the bare host): CONTRACT.md section 6.
 */
import { createPublicKey, type KeyObject } from 'node:crypto'
import { decodeJwt, errors, type JWTVerifyResult, jwtVerify } from 'jose'
import type { CredentialSubject } from '../../registry/exchange-subject.ts'
import type { Credential } from '../../registry/service-principal.ts'
import { type Attempt, refuse } from '../attempt.ts'
import type { OneTimeStore } from '../one-time-store.ts'

export interface AssertionRules {
  readonly oneTime: OneTimeStore
  readonly publicUrl: string
}

export interface PresentedAssertion {
  readonly assertion: string
  readonly clientId: string
  readonly endpoint: string
}

/** Longest life of an assertion that is accepted: 5 minutes, plus the usual skew. Source: wire.md §1.4. */
const LIFETIME_SECONDS = 300
const SKEW_SECONDS = 60
/** jti and nonce are kept until the assertion expires; longer ones are refused. */
const IDENTITY_CHARACTERS = 256

const keys = new WeakMap<Credential, KeyObject>()

/** `sub` of an assertion, unverified: it only says which credential to look up (RFC 7521 §4.2: client_id is optional). */
export function subjectOfAssertion(assertion: string): string | undefined {
  try {
    return decodeJwt(assertion).sub
  } catch {
    return undefined // not a JWT: the missing client_id is what the caller is told
  }
}

/** The rung `authentication` for `client_assertion`: each assertion is taken once. */
export async function requireAssertion(
  at: AssertionRules,
  attempt: Attempt,
  { credential, audience }: CredentialSubject,
  { assertion, clientId, endpoint }: PresentedAssertion,
): Promise<void> {
  const host = audience.replace(/:\d+$/, '')
  const audiences = [audience, host, at.publicUrl, endpoint]
  const verified = await verify(attempt, publicKeyOf(credential), assertion, { clientId, audiences })
  const { exp, jti } = verified.payload
  const { nonce } = verified.protectedHeader
  const now = Math.floor(attempt.at.getTime() / 1000)
  const issued = verified.payload.iat ?? now
  if (exp === undefined || exp - issued > LIFETIME_SECONDS || exp - now > LIFETIME_SECONDS + SKEW_SECONDS) {
    refuse(attempt, 'authentication', 'client.assertion_invalid', {
      expected: 'exp within 5 minutes of iat',
      actual: `iat ${issued}, exp ${exp}`,
    })
  }
  const identity = jti ?? nonce
  if (typeof identity !== 'string' || identity === '' || identity.length > IDENTITY_CHARACTERS) {
    refuse(attempt, 'authentication', 'client.assertion_invalid', {
      expected: 'a jti claim or a nonce header',
      actual: 'neither',
    })
  }
  const until = new Date((exp + SKEW_SECONDS) * 1000)
  const first = await at.oneTime.consume(`client-assertion:${credential.uid}`, identity, until, attempt.at)
  attempt.ladder.check(
    'authentication',
    first,
    'token.replayed',
    'an assertion not seen before',
    first ? undefined : identity,
  )
}

async function verify(
  attempt: Attempt,
  key: KeyObject,
  assertion: string,
  { clientId, audiences }: { clientId: string; audiences: string[] },
): Promise<JWTVerifyResult> {
  try {
    return await jwtVerify(assertion, key, {
      algorithms: ['EdDSA', 'Ed25519'],
      issuer: clientId,
      subject: clientId,
      audience: audiences,
      clockTolerance: SKEW_SECONDS,
      currentDate: attempt.at,
      requiredClaims: ['exp'],
    })
  } catch (error) {
    if (error instanceof errors.JWTExpired)
      refuse(attempt, 'authentication', 'token.expired', { actual: error.message })
    if (error instanceof errors.JWSSignatureVerificationFailed) refuse(attempt, 'authentication', 'signature.invalid')
    const actual = error instanceof errors.JOSEError ? error.message : 'not a JWT'
    const expected = `iss = sub = ${clientId}, aud one of ${audiences.join(' ')}`
    refuse(attempt, 'authentication', 'client.assertion_invalid', { expected, actual })
  }
}

function publicKeyOf(credential: Credential): KeyObject {
  const known = keys.get(credential)
  if (known !== undefined) return known
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: credential.publicKeyX }, format: 'jwk' })
  keys.set(credential, key)
  return key
}
