/** Which resource the issued token is for. Source: RFC 8707 §2, RFC 8693 §2.1; CONTRACT.md section 6. */
import { type Attempt, refuse } from './attempt.ts'
import { malformed, refusedTarget } from './oauth-error.ts'

/** The one target that was asked for, if any; it may be named twice, as `resource` and as `audience`. Refuses more than one. */
export function requestedTargets(attempt: Attempt, named: readonly string[]): readonly string[] {
  const targets = named.length > 1 ? [...new Set(named)] : named
  if (targets.length > 1) {
    const error = malformed('More than one target was requested.', 'invalid_target')
    refuse(attempt, 'request', 'request.invalid', {
      error,
      expected: 'one target',
      actual: `${targets.length} targets`,
    })
  }
  return targets
}

/**
 * The `aud` of the token to issue: the one requested target if it is ours or allowed, ours when none is requested.
 * Refuses with `target.denied` otherwise.
 */
export function chooseAudience(
  attempt: Attempt,
  targets: readonly string[],
  allowed: readonly string[],
  ours: string,
): string {
  const [target, ...others] = targets
  if (others.length > 0) {
    refuse(attempt, 'scope', 'target.denied', {
      error: refusedTarget,
      expected: 'one target',
      actual: `${targets.length} targets`,
    })
  }
  if (target === undefined || target === ours) return ours
  if (!allowed.includes(target)) {
    refuse(attempt, 'scope', 'target.denied', {
      error: refusedTarget,
      expected: allowed.join(' ') || ours,
      actual: target,
    })
  }
  return target
}

/** The requested scopes that are allowed, in the order asked; null when none were requested. */
export function narrowScope(requested: string | undefined, allowed: readonly string[]): string | null {
  if (requested === undefined) return null
  const asked = new Set(requested.split(' ').filter((scope) => scope !== ''))
  return [...asked].filter((scope) => allowed.includes(scope)).join(' ')
}
