/**
 * The rung `issuer`: `iss` is the provider's, byte for byte. People of Microsoft's tenants also have to come from the
 * tenant that is trusted, or from one that is on the list where the issuer is the template of all tenants.
 *
 * Source: RFC 7519 §4.1.1; CONTRACT.md section 4, "Microsoft".
 */
import type { Ladder } from '../../decisions/ladder.ts'
import type { JsonObject } from '../../json.ts'
import type { TokenToVerify } from '../../registry/protocol.ts'
import type { Provider } from '../../registry/provider.ts'
import { shown } from '../jose/token-form.ts'
import { TENANT_TEMPLATE, tenantsOf } from './microsoft.ts'

/** Judged before any key is looked up: another issuer's token never makes us fetch. */
export function judgeIssuer({ provider }: TokenToVerify, { iss, tid }: JsonObject, ladder: Ladder): boolean {
  const tenants = trustedTenants(provider)
  if (tenants !== null && !(typeof tid === 'string' && tenants.has(tid))) {
    const expected = () => `tid one of ${[...tenants].join(' ')}`
    return ladder.check('issuer', false, 'issuer.mismatch', expected, () => `tid ${shown(tid)}`)
  }
  const { expectedIssuer } = provider
  const expected =
    tenants === null ? expectedIssuer : (expectedIssuer?.replace(TENANT_TEMPLATE, () => String(tid)) ?? null)
  return ladder.check(
    'issuer',
    typeof iss === 'string' && iss === expected,
    'issuer.mismatch',
    () => expected ?? 'none',
    () => shown(iss),
  )
}

/** What a link to a person is kept under, where that is not `sub`: Entra's `sub` differs from one application to the next. */
export function linkedAs(provider: Provider, { tid, oid }: JsonObject): string | null {
  if (trustedTenants(provider) === null) return null
  return typeof tid === 'string' && typeof oid === 'string' && oid !== '' ? `${tid}/${oid}` : null
}

const known = new WeakMap<Provider, ReadonlySet<string> | null>()

/** Null for every issuer that has no tenants, and for workloads, whose issuer says all there is to say. */
function trustedTenants(provider: Provider): ReadonlySet<string> | null {
  if (provider.use === 'workload') return null
  const found = known.get(provider)
  if (found !== undefined) return found
  const tenants = tenantsOf(provider)
  known.set(provider, tenants)
  return tenants
}
